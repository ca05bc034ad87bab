"""What callers are told when Supabase is away, or doesn't take the key or the token that it is given."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import pytest

from storage.errors import StoreUnavailableError, UnauthenticatedError
from storage.store import InterviewQuery, Store
from storage.supabase_store import open_supabase_auth, open_supabase_store
from tests.storage.conftest import Person
from tests.support.supabase import EmbeddedSupabase, free_port

pytestmark = pytest.mark.storage


def access_token(secret: str, expires_in_sec: int, **claims: str) -> str:
    given = {
        "sub": str(uuid4()),
        "aud": "authenticated",
        "role": "authenticated",
        "exp": datetime.now(UTC) + timedelta(seconds=expires_in_sec),
    }
    return jwt.encode({**given, **claims}, secret, algorithm="HS256")


async def test_a_supabase_that_is_away_is_unavailable():
    url = f"http://127.0.0.1:{free_port()}"
    async with open_supabase_store(url, "publishable", "secret") as store, open_supabase_auth(url, "p") as auth:
        with pytest.raises(StoreUnavailableError):
            await store.ping()
        with pytest.raises(StoreUnavailableError):
            await store.display_name(str(uuid4()))
        with pytest.raises(StoreUnavailableError):
            await store.as_owner("a.b.c", str(uuid4())).interviews(InterviewQuery())
        for call in (
            auth.sign_up("a@example.com", "correct horse battery", "Ada"),
            auth.sign_in("a@example.com", "correct horse battery"),
            auth.get_user("a.b.c"),
            auth.refresh("x"),
            auth.sign_out("a.b.c"),
            auth.change_password(access_token("s" * 40, 600), "correct horse battery"),
        ):
            with pytest.raises(StoreUnavailableError):
                await call


async def test_a_wrong_secret_key_is_our_trouble_and_not_the_callers(embedded_supabase: EmbeddedSupabase):
    supabase = embedded_supabase
    for key in ("sb_secret_wrong", supabase.publishable_key):
        async with open_supabase_store(supabase.url, supabase.publishable_key, key) as store:
            with pytest.raises(StoreUnavailableError):
                await store.ping()


@pytest.mark.parametrize("backend", ["supabase"])
async def test_an_expired_or_forged_token_reads_nothing(
    store: Store, person: Person, embedded_supabase: EmbeddedSupabase, backend: str
):
    secret = embedded_supabase.jwt_secret
    tokens = (
        access_token(secret, -60, sub=person.id),
        access_token("another secret that is long enough for it", 600, sub=person.id),
        access_token(secret, 600, sub=person.id)[:-4],
        "garbage",
        jwt.encode({"sub": person.id, "role": "authenticated"}, key="", algorithm="none"),
    )
    for token in tokens:
        with pytest.raises(UnauthenticatedError):
            await store.as_owner(token, person.id).interviews(InterviewQuery())
        with pytest.raises(UnauthenticatedError):
            await store.as_owner(token, person.id).display_name()
