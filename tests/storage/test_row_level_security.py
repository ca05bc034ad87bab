"""Straight at the REST API, as anybody with the publishable key can: every table, every verb, every identity."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from storage.supabase_store import SupabaseAuth, SupabaseStore, open_supabase_store
from tests.storage.conftest import PASSWORD, Person, sign_up
from tests.support.samples import draft, feedback, parameters, turn
from tests.support.supabase import ROOT, EmbeddedSupabase
from tests.support.times import NOW

pytestmark = pytest.mark.storage

SQL = "\n".join(path.read_text() for path in sorted((ROOT / "storage/supabase/migrations").glob("*.sql")))
TABLES = sorted(re.findall(r"create table public\.(\w+)", SQL))
# name and parameters; PostgREST can't call trigger functions at all
DROPPED = set(re.findall(r"drop function public\.(\w+)", SQL))
MADE = re.findall(r"create (?:or replace )?function public\.(\w+)\s*\(([^;]*?)\)\s*returns (?!trigger)", SQL)
FUNCTIONS = [(name, parameters) for name, parameters in MADE if name not in DROPPED]
SECRET_TABLES = {"plan_keys", "workers"}
OWNED_TABLES = [table for table in TABLES if table not in SECRET_TABLES]
KEY_COLUMN = {
    "plan_keys": "plan_id",
    "turns": "attempt_id",
    "turn_corrections": "attempt_id",
    "recordings": "attempt_id",
    "feedback": "assessment_id",
    "resumes": "owner_id",
}
OPEN_FUNCTIONS = {"list_interviews", "list_technologies", "list_assessed_attempts", "list_setups"}
IDENTITIES = ["owner", "other", "anonymous"]
NO_PRIVILEGE = {"owner": 403, "other": 403, "anonymous": 401}


@dataclass(frozen=True)
class Scene:
    """One row of the owner's in every table, and a way to ask for it as somebody."""

    http: httpx.AsyncClient
    supabase: EmbeddedSupabase
    owner: Person
    other: Person
    row_ids: dict[str, str]
    """A value of each table's key column."""

    def headers(self, identity: str) -> dict[str, str]:
        if identity == "service":
            return {"apikey": self.supabase.secret_key}
        token = {"owner": self.owner, "other": self.other}
        if identity not in token:
            return {"apikey": self.supabase.publishable_key}
        return {
            "apikey": self.supabase.publishable_key,
            "Authorization": f"Bearer {token[identity].session.access_token}",
        }

    async def ask(self, identity: str, method: str, path: str, **request: Any) -> httpx.Response:
        headers = {**self.headers(identity), **request.pop("headers", {})}
        return await self.http.request(method, f"{self.supabase.url}/rest/v1/{path}", headers=headers, **request)

    def one_row(self, table: str) -> str:
        return f"{table}?{KEY_COLUMN.get(table, 'id')}=eq.{self.row_ids[table]}"


@pytest.fixture
async def scene(embedded_supabase: EmbeddedSupabase, supabase_auth: SupabaseAuth) -> AsyncIterator[Scene]:
    supabase = embedded_supabase
    async with (
        open_supabase_store(supabase.url, supabase.publishable_key, supabase.secret_key) as store,
        httpx.AsyncClient() as http,
    ):
        owner = await sign_up(supabase_auth, store, "Ada")
        other = await sign_up(supabase_auth, store, "Eve")
        row_ids = await fill(store, http, supabase, owner)
        yield Scene(http, supabase, owner, other, row_ids)


async def fill(
    store: SupabaseStore, http: httpx.AsyncClient, supabase: EmbeddedSupabase, owner: Person
) -> dict[str, str]:
    made = await store.create_interview(owner.id, "Backend", parameters(), draft())
    attempt = await store.create_attempt(made.id, owner.id, made.current_plan.id, record_audio=True)
    await store.keep_recording(attempt.id, epoch=1, offset_ms=0, duration_ms=1000, size_bytes=4000)
    await store.append_turns(attempt.id, [turn(1)])
    await store.end_attempt(attempt.id, reason="completed", now=NOW)
    while True:
        work = await store.claim_assessment("a", lease_sec=60)
        assert work is not None
        if work.attempt.id == attempt.id:
            break
    await store.finish_assessment(
        work.assessment.id, assessor_id="a", feedback=feedback(attempt.id, work.assessment.id)
    )
    by_hand: dict[str, dict[str, object]] = {
        "turn_corrections": {"attempt_id": attempt.id, "seq": 1, "owner_id": owner.id, "text": "I said index"},
        "setup_conversations": {"owner_id": owner.id},
        "resumes": {"owner_id": owner.id, "text": "Kafka", "updated_at": str(NOW)},
        "workers": {"id": owner.id, "capacity": 1, "active": 0, "warm": 1, "registered": True, "seen_at": str(NOW)},
    }
    row_ids = {
        "profiles": owner.id,
        "interviews": made.id,
        "plans": made.current_plan.id,
        "plan_keys": made.current_plan.id,
        "attempts": attempt.id,
        "turns": attempt.id,
        "turn_corrections": attempt.id,
        "recordings": attempt.id,
        "assessments": work.assessment.id,
        "feedback": work.assessment.id,
        "resumes": owner.id,
        "workers": owner.id,
    }
    for table, row in by_hand.items():
        answer = await http.post(
            f"{supabase.url}/rest/v1/{table}",
            json=row,
            headers={"apikey": supabase.secret_key, "Prefer": "return=representation"},
        )
        assert answer.status_code == 201, answer.text
        row_ids.setdefault(table, answer.json()[0].get("id", ""))
    return row_ids


def test_every_table_has_row_level_security():
    protected = re.findall(r"alter table public\.(\w+) enable row level security", SQL)
    assert sorted(protected) == TABLES
    assert {"profiles", "plan_keys", "turns", "workers"} < set(TABLES)


def test_the_matrix_holds_every_table_and_function_that_the_migrations_make():
    """What is made in another way than these patterns know would be missing from every test below."""
    statements = re.sub(r"--[^\n]*", "", SQL).lower()
    assert len(re.findall(r"\bcreate\s+(?:\w+\s+)*?table\b", statements)) == len(TABLES)
    returning = re.findall(r"\bcreate\s+(?:or\s+replace\s+)?(?:function|procedure)\b", statements)
    triggers = re.findall(r"\breturns\s+trigger\b", statements)
    assert len(returning) == len(MADE) + len(triggers)
    # A view reads with the rights of who made it, past row-level security.
    assert not re.search(r"\bcreate\s+(?:\w+\s+)*?view\b", statements)


async def test_a_person_reads_their_own_row_of_every_owned_table(scene: Scene):
    for table in OWNED_TABLES:
        answer = await scene.ask("owner", "GET", scene.one_row(table))
        assert (answer.status_code, len(answer.json())) == (200, 1), table
        whole = (await scene.ask("owner", "GET", table)).json()
        assert {row.get("owner_id", row["id"] if table == "profiles" else None) for row in whole} == {scene.owner.id}


async def test_another_person_reads_none_of_them(scene: Scene):
    for table in OWNED_TABLES:
        answer = await scene.ask("other", "GET", scene.one_row(table))
        assert (answer.status_code, answer.json()) == (200, []), table
        count = await scene.ask("other", "HEAD", scene.one_row(table), headers={"Prefer": "count=exact"})
        assert count.headers["content-range"].endswith("/0"), table


@pytest.mark.parametrize("identity", IDENTITIES)
async def test_nobody_reads_plan_keys_or_workers(scene: Scene, identity: str):
    for table in SECRET_TABLES:
        for path in (table, scene.one_row(table), f"{table}?select=count"):
            answer = await scene.ask(identity, "GET", path)
            assert (answer.status_code, answer.json()["code"]) == (NO_PRIVILEGE[identity], "42501"), path
    for path in (
        "plans?select=*,plan_keys(*)",
        "plans?select=id,plan_keys!inner(keys)",
        "plans?select=...plan_keys(keys)",
    ):
        answer = await scene.ask(identity, "GET", path)
        assert answer.status_code == NO_PRIVILEGE[identity], path
        assert "speed" not in answer.text


async def test_anonymous_reads_nothing(scene: Scene):
    for table in TABLES:
        answer = await scene.ask("anonymous", "GET", table)
        assert (answer.status_code, answer.json()["code"]) == (401, "42501"), table


@pytest.mark.parametrize("identity", IDENTITIES)
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {}),
        ("POST", {"Prefer": "resolution=merge-duplicates"}),
        ("PATCH", {}),
        ("DELETE", {}),
    ],
    ids=["insert", "upsert", "update", "delete"],
)
async def test_nobody_writes(scene: Scene, identity: str, method: str, headers: dict[str, str]):
    for table in TABLES:
        key = KEY_COLUMN.get(table, "id")
        before = (await scene.ask("service", "GET", scene.one_row(table))).json()
        assert len(before) == 1
        path = table if method == "POST" else scene.one_row(table)
        body = None if method == "DELETE" else {key: scene.row_ids[table]}
        answer = await scene.ask(identity, method, path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (NO_PRIVILEGE[identity], "42501"), (table, answer.text)
        assert (await scene.ask("service", "GET", scene.one_row(table))).json() == before


@pytest.mark.parametrize("identity", IDENTITIES)
async def test_nobody_calls_the_functions_of_the_service(scene: Scene, identity: str):
    assert {"delete_account", "claim_assessment", "create_interview"} < {name for name, _ in FUNCTIONS}
    for function, parameter_list in FUNCTIONS:
        if function in OPEN_FUNCTIONS:
            continue
        names = re.findall(r"\b(p_\w+) ", parameter_list)
        answer = await scene.ask(identity, "POST", f"rpc/{function}", json=dict.fromkeys(names))
        assert (answer.status_code, answer.json()["code"]) == (NO_PRIVILEGE[identity], "42501"), (function, answer.text)


@pytest.mark.parametrize(
    ("function", "more"),
    [("list_interviews", {"p_sort": "newest"}), ("list_assessed_attempts", {})],
)
async def test_a_list_function_shows_only_ones_own(scene: Scene, function: str, more: dict[str, str]):
    arguments = {"p_owner_id": scene.owner.id, "p_limit": 10, **more}
    assert len((await scene.ask("owner", "POST", f"rpc/{function}", json=arguments)).json()) == 1
    assert (await scene.ask("other", "POST", f"rpc/{function}", json=arguments)).json() == []
    assert (await scene.ask("anonymous", "POST", f"rpc/{function}", json=arguments)).status_code == 401


async def test_the_list_of_technologies_shows_only_ones_own(scene: Scene):
    arguments = {"p_owner_id": scene.owner.id}
    assert (await scene.ask("owner", "POST", "rpc/list_technologies", json=arguments)).json() == ["Go", "PostgreSQL"]
    assert (await scene.ask("other", "POST", "rpc/list_technologies", json=arguments)).json() == []
    assert (await scene.ask("anonymous", "POST", "rpc/list_technologies", json=arguments)).status_code == 401


async def test_the_list_of_set_ups_shows_only_ones_own(scene: Scene):
    arguments = {"p_owner_id": scene.owner.id, "p_statuses": ["live"], "p_limit": 10}
    assert len((await scene.ask("owner", "POST", "rpc/list_setups", json=arguments)).json()) == 1
    assert (await scene.ask("other", "POST", "rpc/list_setups", json=arguments)).json() == []
    assert (await scene.ask("anonymous", "POST", "rpc/list_setups", json=arguments)).status_code == 401


async def test_without_our_key_nothing_is_answered(scene: Scene):
    for headers in ({}, {"apikey": "sb_publishable_wrong"}, {"Authorization": f"Bearer {scene.supabase.secret_key}"}):
        for table in TABLES:
            answer = await scene.http.get(f"{scene.supabase.url}/rest/v1/{table}", headers=headers)
            assert answer.status_code == 401, (table, headers)


async def test_the_auth_schema_is_closed(scene: Scene):
    for identity in (*IDENTITIES, "service"):
        answer = await scene.ask(identity, "GET", "users", headers={"Accept-Profile": "auth"})
        assert answer.status_code == 406, identity


async def test_what_was_said_asked_and_judged_cannot_be_changed(scene: Scene):
    changes = {
        "plans": {"questions": []},
        "plan_keys": {"keys": []},
        "turns": {"text": "What I never said"},
        "feedback": {"overall_score": 100},
        "recordings": {"offset_ms": 5},
        "attempts": {"started_at": str(NOW)},
    }
    for table, change in changes.items():
        answer = await scene.ask("service", "PATCH", scene.one_row(table), json=change)
        assert answer.status_code == 409, (table, answer.text)
    forged = parameters(level="senior").model_dump(mode="json")
    answer = await scene.ask("service", "PATCH", scene.one_row("plans"), json={"parameters": forged})
    assert answer.status_code == 409, answer.text
    for change in (
        {"status": "live"},
        {"number": 7},
        {"plan_id": scene.row_ids["interviews"]},
        {"end_reason": "no_show"},
        {"record_audio": False},
    ):
        answer = await scene.ask("service", "PATCH", scene.one_row("attempts"), json=change)
        assert answer.status_code == 409, (change, answer.text)


async def test_a_deleted_account_leaves_no_row_in_any_table(scene: Scene):
    answer = await scene.ask("service", "POST", "rpc/delete_account", json={"p_user_id": scene.owner.id})
    assert answer.is_success, answer.text
    for table in (*OWNED_TABLES, "plan_keys"):
        assert (await scene.ask("service", "GET", scene.one_row(table))).json() == [], table
    again = await scene.http.post(
        f"{scene.supabase.url}/auth/v1/signup",
        json={"email": scene.owner.user.email, "password": PASSWORD},
        headers=scene.headers("anonymous"),
    )
    assert again.status_code == 200, "the address is free again"
