"""Deleted rows leave the embedded database's files, also where it was killed in between; changed ones do once a day."""

import json
import os
import signal
import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.store import Store
from storage.supabase_store import open_supabase_auth, open_supabase_store
from tests.storage.conftest import Person, sign_up
from tests.support.client import eventually
from tests.support.samples import draft, parameters
from tests.support.supabase import ROOT, EmbeddedSupabase

pytestmark = pytest.mark.storage

WORD = "xyzzyplugh"
ERASED_WITHIN_SEC = 60.0
PENDING = "erasure-pending"
LAST = "erasure-last"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOOKS = """
    const [erasure, pendingFile, startedMs, ...laterMs] = process.argv.slice(1);
    let now = Number(startedMs);
    Date.now = () => now;
    const timers = [];
    const looks = [];
    globalThis.setTimeout = (work) => (timers.push(work), { unref() {} });
    globalThis.setInterval = (work) => (looks.push(work), { unref() {} });
    const { Erasure } = await import(erasure);
    new Erasure({ pendingFile }).start();
    const due = [timers.length > 0];
    for (const later of laterMs) {
      now = Number(later);
      looks.forEach((look) => look());
      due.push(timers.length > 0);
    }
    console.log(JSON.stringify(due));
"""


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


async def test_what_was_only_changed_is_erased_by_the_first_start_after_a_day(tmp_path: Path):
    supabase = EmbeddedSupabase(tmp_path / "data")
    last = supabase.data_dir / LAST
    with supabase:
        async with opened(supabase) as (store, person):
            await store.keep_resume(person.id, f"{WORD} stands in the first one only.", now=datetime.now(UTC))
            await store.keep_resume(person.id, "Another one.", now=datetime.now(UTC))
    assert not (supabase.data_dir / PENDING).exists()
    assert files_with(WORD, supabase.data_dir)

    two_days_ago = _ms(datetime.now(UTC) - 48 * HOUR)
    last.write_text(two_days_ago)

    async def noted() -> int:
        return int(last.read_text() or 0)

    with supabase:
        await until_erased(supabase)
        await eventually(noted, lambda at_ms: at_ms > int(two_days_ago), ERASED_WITHIN_SEC)
        async with opened(supabase) as (store, _):
            resume = await store.resume(person.id)
            assert resume is not None
            assert resume.text == "Another one."


def has_begun(folder: Path, started: datetime, *later: datetime) -> list[bool]:
    """Whether a server that was started then had begun to erase: at its start, and after each of its later looks."""
    module = ROOT / "embedded" / "supabase" / "erasure.mjs"
    arguments = [module.as_uri(), str(folder / PENDING), *(_ms(moment) for moment in (started, *later))]
    node = os.environ.get("NODE_BINARY", "node")
    done = subprocess.run(
        [node, "--input-type=module", "-e", LOOKS, *arguments], capture_output=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def _ms(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def test_a_day_is_counted_over_many_short_starts(tmp_path: Path):
    assert has_begun(tmp_path, NOW, NOW + 3 * HOUR) == [False, False], "a new folder"
    assert has_begun(tmp_path, NOW + 20 * HOUR, NOW + 23 * HOUR) == [False, False]
    assert has_begun(tmp_path, NOW + 25 * HOUR) == [True]


def test_a_day_ends_while_it_is_served(tmp_path: Path):
    assert has_begun(tmp_path, NOW, NOW + 23 * HOUR, NOW + 25 * HOUR) == [False, False, True]


@pytest.mark.parametrize("noted", ["", "yesterday", _ms(NOW + HOUR)])
def test_where_nobody_can_say_when_everything_was_erased_it_is_erased_now(tmp_path: Path, noted: str):
    (tmp_path / LAST).write_text(noted)
    assert has_begun(tmp_path, NOW) == [True]


def test_what_was_left_is_erased_although_the_day_is_not_over(tmp_path: Path):
    (tmp_path / LAST).write_text(_ms(NOW))
    (tmp_path / PENDING).touch()
    assert has_begun(tmp_path, NOW + HOUR) == [True]
