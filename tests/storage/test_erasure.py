"""Deleted rows leave the embedded database's files, also where it was killed in between."""

import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.store import Store
from storage.supabase_store import open_supabase_auth, open_supabase_store
from tests.storage.conftest import Person, sign_up
from tests.support.client import eventually
from tests.support.samples import draft, parameters
from tests.support.supabase import EmbeddedSupabase

pytestmark = pytest.mark.storage

WORD = "xyzzyplugh"
ERASED_WITHIN_SEC = 60.0
PENDING = "erasure-pending"


@asynccontextmanager
async def opened(supabase: EmbeddedSupabase) -> AsyncGenerator[tuple[Store, Person]]:
    async with (
        open_supabase_store(supabase.url, supabase.publishable_key, supabase.secret_key) as store,
        open_supabase_auth(supabase.url, supabase.publishable_key) as auth,
    ):
        yield store, await sign_up(auth, store)


def files_with(word: str, folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and word.encode() in file.read_bytes())


async def until_erased(supabase: EmbeddedSupabase) -> None:
    async def left() -> list[str]:
        return files_with(WORD, supabase.data_dir)

    await eventually(left, lambda found: found == [], ERASED_WITHIN_SEC, every_sec=0.5)


async def test_a_deleted_interview_leaves_the_files_and_the_others_stay(tmp_path: Path):
    with EmbeddedSupabase(tmp_path / "data") as supabase:
        async with opened(supabase) as (store, person):
            gone = await store.create_interview(
                person.id,
                "Gone",
                parameters(job_description=f"{WORD} in a text that is too short to be compressed."),
                draft(),
            )
            kept = await store.create_interview(person.id, "Kept", parameters(job_description="Stays."), draft())
            assert files_with(WORD, supabase.data_dir)
            await store.delete_interview(gone.id)
            await until_erased(supabase)
            assert await store.interview(kept.id) == kept


async def test_what_a_killed_server_had_not_erased_is_erased_by_the_next(tmp_path: Path):
    supabase = EmbeddedSupabase(tmp_path / "data")
    try:
        with supabase:
            async with opened(supabase) as (store, person):
                await store.create_interview(person.id, WORD, parameters(), draft())
                await store.delete_account(person.id)
            supabase.stop(signal.SIGKILL)
        assert (supabase.data_dir / PENDING).exists()
        assert files_with(WORD, supabase.data_dir)
        with supabase:
            await until_erased(supabase)
    finally:
        supabase.stop()


async def test_where_nothing_was_deleted_nothing_is_erased(tmp_path: Path):
    with EmbeddedSupabase(tmp_path / "data") as supabase:
        async with opened(supabase) as (store, _):
            assert await store.delete_ended_attempts(before=datetime(2000, 1, 1, tzinfo=UTC), limit=10) == []
            assert not (supabase.data_dir / PENDING).exists()
