"""Resetting a password tells nobody who has an account."""

import json

import pytest
import structlog

from storage.errors import InvalidEmailError, RateLimitedError, StoreUnavailableError
from tests.api.support import Person, World

pytestmark = pytest.mark.api


async def test_a_password_reset_never_tells_whether_there_is_an_account(world: World, ada: Person):
    answers = [
        await world.http.post("/api/auth/password-reset", json={"email": email})
        for email in (ada.email, "no@example.com")
    ]
    assert [(a.status_code, a.json()) for a in answers] == [(202, {"code_goes_to": "folder"})] * 2
    assert world.auth.reset_mails == [ada.email]


@pytest.mark.parametrize(
    "failure",
    [RateLimitedError(), InvalidEmailError("not authorized"), StoreUnavailableError("Supabase Auth failed: 500")],
    ids=["second within a minute", "address not authorized", "mail fails"],
)
async def test_a_reset_mail_that_is_not_sent_tells_nothing_either(
    world: World, ada: Person, monkeypatch: pytest.MonkeyPatch, failure: Exception
):
    send = world.auth.send_password_reset

    async def send_as_hosted_supabase(email: str) -> None:
        """Comes as far as sending, and so as failing, with known addresses only. Here the second mail fails."""
        if email in world.auth.reset_mails:
            raise failure
        await send(email)

    monkeypatch.setattr(world.auth, "send_password_reset", send_as_hosted_supabase)
    with structlog.testing.capture_logs() as lines:
        answers = [
            await world.http.post("/api/auth/password-reset", json={"email": email})
            for email in (ada.email, ada.email, "no@example.com", "no@example.com")
        ]
    assert [(a.status_code, a.content) for a in answers] == [(202, answers[0].content)] * 4
    assert len({frozenset(a.headers.items()) for a in answers}) == 1
    assert world.auth.reset_mails == [ada.email]
    noted = [line for line in lines if line["event"] == "password_reset_not_sent"]
    assert [line["error"] for line in noted] == [type(failure).__name__]
    assert ada.email not in json.dumps(lines, default=str)
