"""The store under test: the fake in memory, and the real one on embedded Supabase."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol
from uuid import uuid4

import pytest

from storage.auth import Auth
from storage.models.account import AuthSession, AuthUser
from storage.store import OwnerView, Store
from storage.supabase_store import SupabaseAuth, open_supabase_auth, open_supabase_store
from tests.fakes.auth import FakeAuth
from tests.fakes.store import FakeStore
from tests.support.supabase import EmbeddedSupabase

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Person:
    user: AuthUser
    session: AuthSession
    view: OwnerView

    @property
    def id(self) -> str:
        return self.user.id


async def sign_up(auth: Auth, store: Store, display_name: str = "Ada") -> Person:
    session = await auth.sign_up(f"{uuid4()}@example.com", PASSWORD, display_name)
    assert isinstance(session, AuthSession)
    return Person(session.user, session, store.as_owner(session.access_token, session.user.id))


class SignUp(Protocol):
    async def __call__(self, display_name: str = "Ada") -> Person: ...


@pytest.fixture(params=["fake", "supabase"])
def backend(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def store_and_auth(backend: str, request: pytest.FixtureRequest) -> AsyncIterator[tuple[Store, Auth]]:
    if backend == "fake":
        fake = FakeStore()
        yield fake, FakeAuth(fake)
        return
    supabase: EmbeddedSupabase = request.getfixturevalue("embedded_supabase")
    async with (
        open_supabase_store(supabase.url, supabase.publishable_key, supabase.secret_key) as store,
        open_supabase_auth(supabase.url, supabase.publishable_key) as auth,
    ):
        yield store, auth


@pytest.fixture
def store(store_and_auth: tuple[Store, Auth]) -> Store:
    return store_and_auth[0]


@pytest.fixture
def auth(store_and_auth: tuple[Store, Auth]) -> Auth:
    return store_and_auth[1]


@pytest.fixture
def new_person(store: Store, auth: Auth) -> SignUp:
    """Signs up one more person."""

    async def make(display_name: str = "Ada") -> Person:
        return await sign_up(auth, store, display_name)

    return make


@pytest.fixture
async def person(new_person: SignUp) -> Person:
    return await new_person()


@pytest.fixture
async def supabase_auth(embedded_supabase: EmbeddedSupabase) -> AsyncIterator[SupabaseAuth]:
    async with open_supabase_auth(embedded_supabase.url, embedded_supabase.publishable_key) as auth:
        yield auth
