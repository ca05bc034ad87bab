"""The embedded server as a process: one per data directory, nothing lost by a kill, nothing open that needn't be."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from storage.store import Store
from storage.supabase_store import open_supabase_auth, open_supabase_store
from tests.storage.conftest import Person, sign_up
from tests.support.samples import draft, parameters
from tests.support.supabase import ROOT, EmbeddedSupabase

pytestmark = pytest.mark.storage

SOON_SEC = 15


def within(seconds: float, fulfilled: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if fulfilled():
            return True
        time.sleep(0.05)
    return False


def is_listening(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


async def person_with_interviews(supabase: EmbeddedSupabase, count: int) -> tuple[Person, list[str]]:
    async with (
        open_supabase_store(supabase.url, supabase.publishable_key, supabase.secret_key) as store,
        open_supabase_auth(supabase.url, supabase.publishable_key) as auth,
    ):
        person = await sign_up(auth, store)
        made = [await store.create_interview(person.id, f"{n}", parameters(), draft()) for n in range(count)]
        return person, [interview.id for interview in made]


async def stored_interviews(store: Store, ids: list[str]) -> list[str]:
    return [(await store.interview(row_id)).id for row_id in ids]


async def test_a_killed_server_has_lost_nothing_it_acknowledged(tmp_path: Path):
    supabase = EmbeddedSupabase(tmp_path / "data")
    try:
        with supabase:
            person, ids = await person_with_interviews(supabase, 30)
            supabase.stop(signal.SIGKILL)
        with supabase:
            async with (
                open_supabase_store(supabase.url, supabase.publishable_key, supabase.secret_key) as store,
                open_supabase_auth(supabase.url, supabase.publishable_key) as auth,
            ):
                assert await stored_interviews(store, ids) == ids
                assert (await auth.get_user(person.session.access_token)).id == person.id
    finally:
        supabase.stop()


def test_a_second_process_on_the_directory_is_refused(embedded_supabase: EmbeddedSupabase):
    second = EmbeddedSupabase(embedded_supabase.data_dir)
    refused = subprocess.run(
        [sys.executable, "-m", "embedded.supabase.runner"],
        cwd=ROOT,
        env=second.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("Another process uses the data in ")
    assert refused.stderr.count("\n") == 1
    probe = f"{embedded_supabase.url}/rest/v1/workers"
    assert httpx.get(probe, headers={"apikey": embedded_supabase.secret_key}).status_code == 200


def test_it_ends_with_its_parent_however_that_ends(tmp_path: Path):
    supabase = EmbeddedSupabase(tmp_path / "data")
    supervisor = "import subprocess, sys; subprocess.run([sys.executable, '-m', 'embedded.supabase.runner'])"
    with (tmp_path / "log").open("wb") as log:
        parent = subprocess.Popen(
            [sys.executable, "-c", supervisor], cwd=ROOT, env=supabase.environment(), stdout=log, stderr=log
        )
    try:
        assert within(90, lambda: is_listening(supabase.port))
    finally:
        parent.kill()
        parent.wait()
    assert within(SOON_SEC, lambda: not is_listening(supabase.port))


def test_a_migration_that_was_changed_after_use_is_refused(tmp_path: Path):
    migrations = tmp_path / "migrations"
    migrations.mkdir()
    (migrations / "20260101000000_first.sql").write_text("select 2;")
    data = tmp_path / "data"
    (data / "postgres").mkdir(parents=True)
    (data / "migrations.json").write_text('{"20260101000000_first.sql": "checksum of something else"}')
    supabase = EmbeddedSupabase(data, extra_env={"LITE_MIGRATIONS_DIR": str(migrations)})
    process = supabase.launch()
    assert process.wait(timeout=60) == 1
    assert "The migration 20260101000000_first.sql was changed after it was applied" in supabase.log.read_text()


def test_a_migration_that_fails_stops_the_start_and_says_why(tmp_path: Path):
    migrations = tmp_path / "migrations"
    migrations.mkdir()
    (migrations / "20260101000000_first.sql").write_text("create table public.things (id no_such_type);")
    supabase = EmbeddedSupabase(tmp_path / "data", extra_env={"LITE_MIGRATIONS_DIR": str(migrations)})
    process = supabase.launch()
    assert process.wait(timeout=90) == 1
    log = supabase.log.read_text()
    assert "no_such_type" in log
    assert supabase.secret_key not in log


def test_a_migration_whose_name_would_be_passed_over_is_refused(tmp_path: Path):
    (tmp_path / "first.sql").write_text("select 1;")
    supabase = EmbeddedSupabase(tmp_path / "data", extra_env={"LITE_MIGRATIONS_DIR": str(tmp_path)})
    process = supabase.launch()
    assert process.wait(timeout=60) == 1
    assert "The migration first.sql isn't named like" in supabase.log.read_text()


def test_a_missing_setting_is_named(tmp_path: Path):
    supabase = EmbeddedSupabase(tmp_path / "data", jwt_secret="too short")
    process = supabase.launch()
    assert process.wait(timeout=60) == 1
    assert supabase.log.read_text() == "Embedded Supabase: missing or wrong setting SUPABASE_JWT_SECRET.\n"


@pytest.mark.parametrize("path", ["/", "/_system/config", "/_system/info", "/_system/introspect", "/storage/v1/bucket"])
def test_only_data_and_accounts_are_served(embedded_supabase: EmbeddedSupabase, path: str):
    for headers in ({}, {"apikey": embedded_supabase.secret_key}):
        assert httpx.get(embedded_supabase.url + path, headers=headers).status_code == 404


def test_an_oversized_body_is_refused(embedded_supabase: EmbeddedSupabase):
    headers = {"apikey": embedded_supabase.secret_key, "Content-Type": "application/json"}
    url = f"{embedded_supabase.url}/rest/v1/workers"
    assert httpx.post(url, headers=headers, content=b" " * (4 * 2**20 + 1)).status_code == 413
    assert httpx.post(url, headers=headers, content=iter([b"{", b"}"])).status_code == 411


def test_passwords_cannot_be_tried_without_end(embedded_supabase: EmbeddedSupabase):
    url = f"{embedded_supabase.url}/auth/v1/token?grant_type=password"
    headers = {"apikey": embedded_supabase.publishable_key}
    body = {"email": "guessed@example.com", "password": "wrong password"}
    statuses = [httpx.post(url, headers=headers, json=body).status_code for _ in range(12)]
    assert statuses == [400] * 10 + [429] * 2


def test_no_secret_is_in_the_log_and_mail_is_private(embedded_supabase: EmbeddedSupabase):
    headers = {"apikey": embedded_supabase.publishable_key}
    body = {"email": "forgetful@example.com", "password": "correct horse battery"}
    httpx.post(f"{embedded_supabase.url}/auth/v1/signup", headers=headers, json=body).raise_for_status()
    httpx.post(f"{embedded_supabase.url}/auth/v1/recover", headers=headers, json=body).raise_for_status()
    mail = embedded_supabase.data_dir / "mail" / "forgetful@example.com.txt"
    assert within(SOON_SEC, mail.exists)
    assert mail.stat().st_mode & 0o077 == 0
    assert mail.parent.stat().st_mode & 0o077 == 0
    log = embedded_supabase.log.read_text()
    assert "forgetful@example.com" not in log
    for secret in (embedded_supabase.secret_key, embedded_supabase.jwt_secret):
        assert secret not in log


def test_data_is_private(embedded_supabase: EmbeddedSupabase):
    readable_by_others = [
        path for path in embedded_supabase.data_dir.iterdir() if path.stat().st_mode & 0o077 and path.is_file()
    ]
    assert embedded_supabase.data_dir.stat().st_mode & 0o077 == 0
    assert readable_by_others == []
