"""Backups of the real database, stopped and running, proven by restoring them."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from embedded.programs import Program
from embedded.run_lock import take_run_lock
from embedded.supervision import Supervisor
from storage.errors import NotFoundError, StoreUnavailableError
from storage.store import Store
from storage.supabase_store import open_supabase_auth, open_supabase_store
from tests.storage.conftest import Person, sign_up
from tests.support.samples import draft, parameters
from tests.support.supabase import ROOT, EmbeddedSupabase

pytestmark = pytest.mark.storage

LIMIT_SEC = 90


@asynccontextmanager
async def opened(supabase: EmbeddedSupabase) -> AsyncGenerator[Store]:
    async with open_supabase_store(supabase.url, supabase.publishable_key, supabase.secret_key) as store:
        yield store


async def person_in(supabase: EmbeddedSupabase, store: Store) -> Person:
    async with open_supabase_auth(supabase.url, supabase.publishable_key) as auth:
        return await sign_up(auth, store)


async def add_interview(store: Store, person: Person) -> str:
    return (await store.create_interview(person.id, "any", parameters(), draft())).id


async def found(store: Store, ids: set[str]) -> set[str]:
    """Those that are stored."""
    there: set[str] = set()
    for row_id in ids:
        with suppress(NotFoundError):
            there.add((await store.interview(row_id)).id)
    return there


async def backup(data_dir: Path, *arguments: str) -> tuple[int | None, str]:
    """The command line, as `make backup` runs it."""
    environment = {**os.environ, "MOCK_INTERVIEW_DATA_DIR": str(data_dir)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "embedded.backup", "--no-env-file", *arguments),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def said_by_backup(data_dir: Path, *arguments: str) -> str:
    code, said = await backup(data_dir, *arguments)
    assert code == 0, said
    return said


async def test_a_restored_database_has_its_rows_as_they_were(tmp_path: Path):
    data_dir, archive = tmp_path / "data", str(tmp_path / "backup.tar.gz")
    supabase = EmbeddedSupabase(data_dir / "supabase")
    data_dir.mkdir()
    with supabase:
        async with opened(supabase) as store:
            person = await person_in(supabase, store)
            kept = {await add_interview(store, person) for _ in range(3)}
    assert await said_by_backup(data_dir, "save", archive)
    with supabase:
        async with opened(supabase) as store:
            await store.delete_interview(next(iter(kept)))
            later = await add_interview(store, person)

    assert await said_by_backup(data_dir, "restore", archive)

    with supabase:
        async with (
            opened(supabase) as store,
            open_supabase_auth(supabase.url, supabase.publishable_key) as auth,
        ):
            assert await found(store, kept | {later}) == kept
            assert (await auth.get_user(person.session.access_token)).id == person.id


@contextmanager
def supervised(supabase: EmbeddedSupabase, data_dir: Path) -> Generator[Supervisor]:
    """The database as `make run` runs it, and of the other programs one that only sleeps."""
    run_dir, logs_dir = data_dir / "run", data_dir / "logs"
    for folder in (run_dir, logs_dir):
        folder.mkdir(parents=True)
    lock = take_run_lock(run_dir)
    assert lock is not None
    environment = {**supabase.environment(), "PYTHONPATH": str(ROOT)}
    runner = (sys.executable, "-m", "embedded.supabase.runner")
    sleeper = (sys.executable, "-c", "import signal; signal.pause()")
    supervisor = Supervisor(
        run_dir,
        logs_dir,
        [
            Program("supabase", runner, environment, "services", 2, parent_death_signal="SIGTERM"),
            Program("worker", sleeper, environment, "jobs", 2),
        ],
    )
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()
        os.close(lock)


async def answers(supabase: EmbeddedSupabase) -> None:
    """Returns when the database serves."""
    probe = f"{supabase.url}/rest/v1/workers?select=id&limit=1"
    async with asyncio.timeout(LIMIT_SEC), httpx.AsyncClient(headers={"apikey": supabase.secret_key}) as client:
        while True:
            try:
                if (await client.get(probe)).is_success:
                    return
            except httpx.TransportError:
                pass  # not listening
            await asyncio.sleep(0.1)


async def runs(supervisor: Supervisor) -> None:
    """Returns when supervisord holds that the database has started."""
    async with asyncio.timeout(LIMIT_SEC):
        while True:
            if supervisor.states()["supabase"].state == "RUNNING":
                return
            await asyncio.sleep(0.1)


async def test_a_backup_while_it_runs_is_whole_and_loses_nothing(tmp_path: Path):
    data_dir, archive = tmp_path / "data", str(tmp_path / "backup.tar.gz")
    supabase = EmbeddedSupabase(data_dir / "supabase")
    acknowledged: set[str] = set()

    async def keep_writing(store: Store, person: Person) -> None:
        while True:
            try:
                acknowledged.add(await add_interview(store, person))
            except StoreUnavailableError:  # it stands still
                await asyncio.sleep(0.1)

    with supervised(supabase, data_dir) as supervisor:
        await answers(supabase)
        async with opened(supabase) as store:
            person = await person_in(supabase, store)
            before = {await add_interview(store, person) for _ in range(5)}
            await runs(supervisor)
            writing = asyncio.create_task(keep_writing(store, person))
            await said_by_backup(data_dir, "save", archive)
            writing.cancel()
            refused, why = await backup(data_dir, "restore", archive)
            assert refused == 1
            assert "stop `make run` first" in why
            await answers(supabase)
            assert await found(store, before | acknowledged) == before | acknowledged

    other = EmbeddedSupabase(
        tmp_path / "other" / "supabase",
        publishable_key=supabase.publishable_key,
        secret_key=supabase.secret_key,
        jwt_secret=supabase.jwt_secret,
    )
    await said_by_backup(tmp_path / "other", "restore", archive)
    with other:
        async with opened(other) as store:
            assert await found(store, before) == before
