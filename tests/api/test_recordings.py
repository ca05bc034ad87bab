"""Recordings: taken from the job, read by their owner, gone when they should be."""

import io
import os
import stat
import time
import zipfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent.token_server_client import mint_worker_jwt
from storage.models.recording import Recording
from storage.supabase_store.ids import known_form
from tests.api.support import PASSWORD, WORKER_SECRET, Person, World, make_settings, open_world, problem_of, sign_up

pytestmark = pytest.mark.api

SOUND = bytes(range(256)) * 40
DAY_SEC = 24 * 3600.0


async def live_attempt(world: World, person: Person, *, record_audio: bool = True) -> str:
    attempt_id = (await person.start(json={"record_audio": record_audio}))["attempt"]["id"]
    await world.go_live(attempt_id)
    return attempt_id


async def send(
    world: World,
    attempt_id: str,
    *,
    epoch: int = 1,
    sound: bytes = SOUND,
    subject: str | None = None,
    secret: str = WORKER_SECRET,
    **request: Any,
) -> httpx.Response:
    token = mint_worker_jwt(secret, subject or f"attempt:{attempt_id}", world.clock().timestamp())
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "audio/ogg", **request.pop("headers", {})}
    return await world.http.put(
        f"/api/worker/attempts/{attempt_id}/recordings/{epoch}",
        params={"offset_ms": 120, "duration_ms": 61_000, **request.pop("params", {})},
        content=request.pop("content", sound),
        headers=headers,
    )


async def recorded(world: World, person: Person) -> str:
    attempt_id = await live_attempt(world, person)
    assert (await send(world, attempt_id)).status_code == 204
    return attempt_id


def files(world: World) -> list[str]:
    folder = world.settings.recordings_dir
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


async def test_what_a_job_sent_is_listed_and_read_by_its_owner(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    response = await ada.call("GET", f"/api/attempts/{attempt_id}/recordings")
    attempt = await world.attempt(attempt_id)
    assert attempt.audio_consented_at is not None
    answer = response.json()
    assert answer["items"] == [{"epoch": 1, "offset_ms": 120, "duration_ms": 61_000, "bytes": len(SOUND)}]
    assert answer["deleted_at"] is None
    assert answer["consented_at"] < answer["kept_until"]

    whole = await ada.call("GET", f"/api/attempts/{attempt_id}/recordings/1")
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["content-type"] == "audio/ogg"
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["cache-control"] == "private, no-store"
    assert "content-encoding" not in whole.headers


async def test_its_file_is_nobody_elses_on_this_machine(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    folder = world.settings.recordings_dir
    assert files(world) == [f"{attempt_id}.1.ogg"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / files(world)[0]).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, len(SOUND) - 1),
        ("bytes=100-199", 100, 199),
        ("bytes=10000-999999", 10_000, len(SOUND) - 1),
        ("bytes=-10", len(SOUND) - 10, len(SOUND) - 1),
        ("bytes=-999999", 0, len(SOUND) - 1),
    ],
)
async def test_a_part_is_given_for_a_range(world: World, ada: Person, asked: str, first: int, last: int):
    attempt_id = await recorded(world, ada)
    part = await ada.call("GET", f"/api/attempts/{attempt_id}/recordings/1", headers={"Range": asked})
    assert part.status_code == 206
    assert part.content == SOUND[first : last + 1]
    assert part.headers["content-range"] == f"bytes {first}-{last}/{len(SOUND)}"
    assert part.headers["content-length"] == str(last - first + 1)


async def test_a_range_beyond_the_end_is_refused_with_the_size(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    for asked in (f"bytes={len(SOUND)}-", "bytes=-0"):
        refused = await ada.call("GET", f"/api/attempts/{attempt_id}/recordings/1", headers={"Range": asked})
        assert problem_of(refused) == (416, "range_not_satisfiable")
        assert refused.headers["content-range"] == f"bytes */{len(SOUND)}"


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=0-1,5-6", "seconds=0-1", "bytes=a-b"])
async def test_a_range_that_says_nothing_to_us_gives_the_whole(world: World, ada: Person, asked: str):
    attempt_id = await recorded(world, ada)
    whole = await ada.call("GET", f"/api/attempts/{attempt_id}/recordings/1", headers={"Range": asked})
    assert (whole.status_code, whole.content) == (200, SOUND)


async def test_a_part_is_only_of_the_file_that_one_has_begun_to_read(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    path = f"/api/attempts/{attempt_id}/recordings/1"
    etag = (await ada.call("GET", path)).headers["etag"]
    for if_range, status in ((etag, 206), ('"another"', 200)):
        answer = await ada.call("GET", path, headers={"Range": "bytes=0-9", "If-Range": if_range})
        assert answer.status_code == status


async def test_nobody_else_reaches_it(world: World, ada: Person, eve: Person):
    attempt_id = await recorded(world, ada)
    for method, path in (
        ("GET", f"/api/attempts/{attempt_id}/recordings"),
        ("GET", f"/api/attempts/{attempt_id}/recordings/1"),
        ("DELETE", f"/api/attempts/{attempt_id}/recordings"),
    ):
        assert problem_of(await eve.call(method, path)) == (404, "not_found")
        assert problem_of(await world.http.request(method, path)) == (401, "unauthenticated")
        headers = {"Authorization": f"Bearer {mint_worker_jwt(WORKER_SECRET, f'attempt:{attempt_id}', 2e9)}"}
        assert problem_of(await world.http.request(method, path, headers=headers)) == (401, "unauthenticated")
    assert problem_of(await ada.call("GET", f"/api/attempts/{attempt_id}/recordings/2")) == (404, "not_found")
    assert len(files(world)) == 1


async def test_only_the_job_of_this_attempt_may_send(world: World, ada: Person, eve: Person):
    attempt_id, other = await live_attempt(world, ada), await live_attempt(world, eve)
    assert problem_of(await send(world, attempt_id, subject=f"attempt:{other}")) == (403, "forbidden")
    assert problem_of(await send(world, attempt_id, subject="worker:worker-1")) == (403, "forbidden")
    assert problem_of(await send(world, attempt_id, secret="x" * 40)) == (401, "unauthenticated")
    assert problem_of(await ada.call("PUT", f"/api/worker/attempts/{attempt_id}/recordings/1")) == (
        401,
        "unauthenticated",
    )
    assert files(world) == []


async def test_without_consent_nothing_is_taken(world: World, ada: Person):
    attempt_id = await live_attempt(world, ada, record_audio=False)
    assert problem_of(await send(world, attempt_id)) == (404, "not_found")
    assert files(world) == []


async def test_a_job_that_was_never_sent_for_may_not_send(world: World, ada: Person):
    attempt_id = await live_attempt(world, ada)
    assert problem_of(await send(world, attempt_id, epoch=2)) == (404, "not_found")
    assert problem_of(await send(world, attempt_id, epoch=0)) == (422, "validation_failed")
    assert files(world) == []


async def test_sending_again_is_the_same_recording(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    assert (await send(world, attempt_id)).status_code == 204
    answer = (await ada.call("GET", f"/api/attempts/{attempt_id}/recordings")).json()
    assert len(answer["items"]) == len(files(world)) == 1


async def test_what_is_too_large_is_refused_before_it_is_kept(tmp_path: Path):
    settings = make_settings(max_recording_bytes=2048, mock_interview_data_dir=tmp_path)
    async with open_world(settings) as world:
        ada = await sign_up(world)
        attempt_id = await live_attempt(world, ada)
        assert problem_of(await send(world, attempt_id, sound=bytes(2049))) == (413, "too_large")
        assert files(world) == []
        assert (await send(world, attempt_id, sound=bytes(2048))).status_code == 204


async def test_a_recording_may_be_larger_than_other_bodies(tmp_path: Path):
    settings = make_settings(max_worker_body_bytes=1024, mock_interview_data_dir=tmp_path)
    async with open_world(settings) as world:
        ada = await sign_up(world)
        assert (await send(world, await live_attempt(world, ada), sound=bytes(100_000))).status_code == 204


@pytest.mark.parametrize("announced", ["10239", "10241"])
async def test_a_body_of_another_length_leaves_nothing(world: World, ada: Person, announced: str):
    attempt_id = await live_attempt(world, ada)

    async def in_pieces() -> AsyncIterator[bytes]:
        yield SOUND[:5000]
        yield SOUND[5000:]

    refused = await send(world, attempt_id, content=in_pieces(), headers={"Content-Length": announced})
    assert problem_of(refused) == (422, "validation_failed")
    assert files(world) == []
    assert (await ada.call("GET", f"/api/attempts/{attempt_id}/recordings")).json()["items"] == []


async def test_the_owner_deletes_it_for_good(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    for _ in range(2):
        assert (await ada.call("DELETE", f"/api/attempts/{attempt_id}/recordings")).status_code == 204
    assert files(world) == []
    answer = (await ada.call("GET", f"/api/attempts/{attempt_id}/recordings")).json()
    assert answer["items"] == []
    assert answer["deleted_at"] is not None
    assert problem_of(await ada.call("GET", f"/api/attempts/{attempt_id}/recordings/1")) == (404, "not_found")
    assert problem_of(await send(world, attempt_id)) == (404, "not_found"), "what comes late stays away"
    assert files(world) == []


async def test_it_goes_with_its_interview(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    interview_id = (await world.attempt(attempt_id)).interview_id
    assert (await ada.call("DELETE", f"/api/interviews/{interview_id}")).status_code == 204
    assert files(world) == []


async def test_it_goes_with_its_interview_although_livekit_does_not_answer(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    attempt = await world.attempt(attempt_id)
    assert attempt.status == "live", "its room has to be closed"
    world.rooms.available = False
    assert (await ada.call("DELETE", f"/api/interviews/{attempt.interview_id}")).status_code == 204
    assert files(world) == []


async def test_it_goes_with_its_account_and_with_no_other(world: World, ada: Person, eve: Person):
    await recorded(world, ada)
    hers = await recorded(world, eve)
    assert (await ada.call("DELETE", "/api/account", json={"password": PASSWORD})).status_code == 204
    assert files(world) == [f"{hers}.1.ogg"]


async def test_it_is_in_the_export(world: World, ada: Person):
    await recorded(world, ada)
    response = await ada.call("GET", "/api/account/export")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    [name] = [name for name in archive.namelist() if name.startswith("recordings/")]
    assert archive.read(name) == SOUND


async def test_it_goes_when_its_time_is_over(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    days = world.settings.recording_retention_days
    world.clock.pass_sec(days * DAY_SEC - 60)
    await world.services.sweep.round()
    assert len(files(world)) == 1
    world.clock.pass_sec(61 + 600)
    await world.services.sweep.round()
    assert files(world) == []
    answer = (await ada.call("GET", f"/api/attempts/{attempt_id}/recordings")).json()
    assert answer["items"] == []
    assert answer["deleted_at"] is not None


async def test_what_comes_after_its_time_is_not_taken(world: World, ada: Person):
    attempt_id = await live_attempt(world, ada)
    world.clock.pass_sec(world.settings.recording_retention_days * DAY_SEC + 1)
    headers = {"Authorization": f"Bearer {mint_worker_jwt(WORKER_SECRET, f'attempt:{attempt_id}', time.time())}"}
    assert problem_of(await send(world, attempt_id, headers=headers)) == (404, "not_found")
    assert files(world) == []


async def test_the_sweep_removes_files_that_a_dead_process_left(world: World, ada: Person):
    attempt_id = await recorded(world, ada)
    folder = world.settings.recordings_dir
    left = [f"{attempt_id}.2.ogg", "00000000-0000-4000-8000-000000000000.1.ogg", f"{attempt_id}.1.ogg.ab12.part"]
    for name in left:
        (folder / name).write_bytes(b"left")
    await world.services.sweep.round()
    assert len(files(world)) == 4, "they may be about to get their row"
    old = world.clock().timestamp() - 2 * 3600
    for path in folder.iterdir():
        os.utime(path, (old, old))
    world.clock.pass_sec(601)
    await world.services.sweep.round()
    assert files(world) == [f"{attempt_id}.1.ogg"]


async def test_a_file_of_somebody_else_stays_and_saves_no_file_that_a_dead_process_left(
    world: World, ada: Person, monkeypatch: pytest.MonkeyPatch
):
    attempt_id = await recorded(world, ada)
    real = world.store.recordings

    async def refuses_what_is_no_id(attempt_ids: Sequence[str]) -> list[Recording]:
        return await real([known_form(each) for each in attempt_ids])

    monkeypatch.setattr(world.store, "recordings", refuses_what_is_no_id)
    folder = world.settings.recordings_dir
    for name in (".DS_Store", "desktop.ini", f"{attempt_id}.txt", f"{attempt_id}.2.ogg"):
        (folder / name).write_bytes(b"left")
    old = world.clock().timestamp() - 2 * 3600
    for path in folder.iterdir():
        os.utime(path, (old, old))
    await world.services.sweep.round()
    assert files(world) == sorted([".DS_Store", "desktop.ini", f"{attempt_id}.txt", f"{attempt_id}.1.ogg"])


async def test_candidates_are_told_where_and_how_long_before_they_consent(world: World, ada: Person):
    assert (await ada.call("GET", "/api/recording-terms")).json() == {"kept_in": "data_folder", "retention_days": 30}
    assert make_settings(supabase_url="https://abc.supabase.co").keeps_recordings_in_supabase
    assert not make_settings(
        supabase_url="https://abc.supabase.co", recording_storage="folder"
    ).keeps_recordings_in_supabase
