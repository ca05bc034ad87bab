"""Whether a session goes on, also when it ends while that is being asked."""

import asyncio

import pytest

from storage.errors import UnauthenticatedError
from storage.models.account import AuthSession, AuthUser
from tests.fakes.auth import FakeAuth
from token_server.auth.live_sessions import CHECKED_SEC, LiveSessions

pytestmark = pytest.mark.unit


class AskedAuth(FakeAuth):
    """Counts who asks. An answer that is held is from the moment of its question."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_count = 0
        self.answered = asyncio.Event()
        self.may_arrive = asyncio.Event()
        self.may_arrive.set()

    async def get_user(self, access_token: str) -> AuthUser:
        self.asked_count += 1
        user = await super().get_user(access_token)
        self.answered.set()
        await self.may_arrive.wait()
        return user


@pytest.fixture
def auth() -> AskedAuth:
    return AskedAuth()


async def opened(auth: AskedAuth) -> str:
    """The access token of a new session."""
    session = await auth.sign_up("ada@example.com", "correct horse battery", "Ada")
    assert isinstance(session, AuthSession)
    return session.access_token


async def test_a_session_is_asked_about_once_in_ten_seconds(auth: AskedAuth):
    now_sec = 0.0
    sessions = LiveSessions(auth, now_sec=lambda: now_sec)
    access_token = await opened(auth)
    await sessions.check(access_token)
    now_sec = CHECKED_SEC - 1
    await sessions.check(access_token)
    assert auth.asked_count == 1
    now_sec = CHECKED_SEC
    await sessions.check(access_token)
    assert auth.asked_count == 2


async def test_an_answer_from_before_a_sign_out_does_not_count_after_it(auth: AskedAuth):
    sessions = LiveSessions(auth, now_sec=lambda: 0.0)
    access_token = await opened(auth)
    auth.may_arrive.clear()
    earlier = asyncio.create_task(sessions.check(access_token))
    await auth.answered.wait()
    await auth.sign_out(access_token)
    sessions.forget()
    auth.may_arrive.set()
    await earlier
    with pytest.raises(UnauthenticatedError):
        await sessions.check(access_token)
