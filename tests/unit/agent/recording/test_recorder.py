"""A recorder in virtual time: what the room tells it is in the file, where it was heard."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from livekit import rtc
from pydantic import SecretStr

from agent.recording.ogg_opus import extent
from agent.recording.recorder import Recorder
from agent.recording.sending import send, send_left_behind
from agent.recording.shelf import RecordingShelf, claimed
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import UnavailableError
from tests.support.recordings import decoded, onsets_sec
from tests.support.virtual_time import VirtualTimeLoop

pytestmark = pytest.mark.unit
ATTEMPT = "0b0f4d8e-6d0e-4a57-9b55-1f3f8f7f5a10"


def frame(rate: int, ms: int = 20) -> rtc.AudioFrame:
    count = rate * ms // 1000
    samples = (8000 * np.sin(2 * np.pi * 400 * np.arange(count) / rate)).astype(np.int16)
    return rtc.AudioFrame(samples.tobytes(), rate, 1, count)


class Server:
    """Takes recordings, or not."""

    def __init__(self) -> None:
        self.status = 204
        self.code: str | None = None
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []

    def client(self) -> TokenServerClient:
        async def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            self.bodies.append(await request.aread())
            if self.code is not None:
                return httpx.Response(self.status, json={"code": self.code})
            return httpx.Response(self.status, text="<html>")

        return TokenServerClient("http://127.0.0.1:1", SecretStr("s" * 40), transport=httpx.MockTransport(answer))


async def speak_for(recorder: Recorder, seconds: float, *, hears: bool = True) -> None:
    for _ in range(round(seconds / 0.02)):
        await asyncio.sleep(0.02)
        if hears:
            recorder.heard(frame(16_000))


class AtOnce(Executor):
    """Does in the caller's thread what is given to it: virtual time waits for no other."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # as every executor does
            done.set_exception(error)
        return done


def in_virtual_time(work: Coroutine[Any, Any, Recorder]) -> Recorder:
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(work)


async def conversation(shelf: RecordingShelf) -> Recorder:
    """A second of the candidate 5 s into the attempt, half a second of the interviewer, stopped after 0.3 s."""
    loop = asyncio.get_running_loop()
    recorder = Recorder(shelf, ATTEMPT, 2, clock_started_at=loop.time(), thread=AtOnce())
    running = asyncio.create_task(recorder.run())
    await asyncio.sleep(5.0)
    await speak_for(recorder, 1.0)
    await asyncio.sleep(1.0)
    voice = recorder.track("voice")
    for n in range(25):
        voice.plays(loop.time() + n * 0.02, frame(24_000))
    await asyncio.sleep(0.3)
    voice.falls_silent(loop.time())
    await asyncio.sleep(2.0)
    await speak_for(recorder, 0.5)
    await recorder.close()
    await running
    return recorder


@pytest.fixture
def shelf(tmp_path: Path) -> RecordingShelf:
    return RecordingShelf(tmp_path / "shelf")


@pytest.fixture
def recorder(shelf: RecordingShelf) -> Iterator[Recorder]:
    """Has recorded; its file is still its own."""
    recorder = in_virtual_time(conversation(shelf))
    yield recorder
    recorder.let_go()


def test_the_file_holds_what_was_heard_at_the_attempts_times(recorder: Recorder):
    assert recorder.recording is not None
    offset_sec = recorder.recording.offset_ms / 1000
    candidate, interviewer = decoded(recorder.recording.path.read_bytes())
    heard = [offset_sec + at for at in onsets_sec(candidate)]
    assert heard == pytest.approx([5.0, 9.3], abs=0.05)
    assert [offset_sec + at for at in onsets_sec(interviewer)] == pytest.approx([7.0], abs=0.05)
    loud = np.flatnonzero(np.abs(interviewer.astype(np.int32)) > 2000) / 48_000
    assert offset_sec + loud[-1] == pytest.approx(7.3, abs=0.05), "what was taken back isn't heard"


def test_without_a_sound_there_is_no_file(shelf: RecordingShelf):
    async def nothing() -> Recorder:
        recorder = Recorder(shelf, ATTEMPT, 1, clock_started_at=0.0, thread=AtOnce())
        await recorder.close()
        return recorder

    assert in_virtual_time(nothing()).recording is None
    assert shelf.left_behind() == []


def test_a_disk_that_fails_ends_the_recording_and_nothing_else(shelf: RecordingShelf, tmp_path: Path):
    (tmp_path / "shelf").write_text("a file is in the way")
    failures: list[str] = []

    async def fails() -> Recorder:
        recorder = Recorder(shelf, ATTEMPT, 1, clock_started_at=0.0, thread=AtOnce())
        recorder.on_failure = lambda: failures.append("failed")
        running = asyncio.create_task(recorder.run())
        await speak_for(recorder, 3.0)
        await running
        await recorder.close()
        return recorder

    assert in_virtual_time(fails()).has_failed
    assert failures == ["failed"]


async def test_what_was_recorded_is_sent_and_forgotten(recorder: Recorder):
    server = Server()
    recording = recorder.recording
    assert recording is not None
    usable = extent(recording.path)
    content = recording.path.read_bytes()
    async with server.client() as client:
        await send(client, recording)
    assert server.requests[0].url.path == f"/api/worker/attempts/{ATTEMPT}/recordings/2"
    assert dict(server.requests[0].url.params) == {
        "offset_ms": str(recording.offset_ms),
        "duration_ms": str(usable.duration_ms),
    }
    assert server.requests[0].headers["content-length"] == str(len(content))
    assert server.bodies == [content]
    assert not recording.path.exists()


async def test_what_a_dead_job_left_is_sent_up_to_its_last_page(shelf: RecordingShelf, recorder: Recorder):
    server = Server()
    assert recorder.recording is not None
    with recorder.recording.path.open("ab") as file:
        file.write(b"OggS and half a page")
    async with server.client() as client:
        await send_left_behind(shelf, client)
        assert server.requests == [], "it is still locked by its job"
        recorder.let_go()
        await send_left_behind(shelf, client)
        await send_left_behind(shelf, client)
    assert len(server.bodies) == 1
    assert not server.bodies[0].endswith(b"half a page")
    assert not recorder.recording.path.exists()


@pytest.mark.parametrize(
    ("status", "code", "is_kept"),
    [
        (503, "upstream_unavailable", True),
        (401, "unauthenticated", True),
        (404, "not_found", False),
        (413, "too_large", False),
        (422, "validation_failed", False),
        # not by the token server
        (404, None, True),
        (410, None, True),
        (413, None, True),
        (422, None, True),
    ],
)
async def test_what_is_not_taken_waits_unless_the_token_server_says_that_nobody_may_keep_it(
    shelf: RecordingShelf, recorder: Recorder, status: int, code: str | None, is_kept: bool
):
    server = Server()
    recorder.let_go()
    server.status, server.code = status, code
    async with server.client() as client:
        await send_left_behind(shelf, client)
    assert len(shelf.left_behind()) == int(is_kept)


def test_a_file_is_sent_by_one_only(shelf: RecordingShelf, recorder: Recorder):
    recorder.let_go()
    [waiting] = shelf.left_behind()
    with claimed(waiting.path) as ours, claimed(waiting.path) as theirs:
        assert (ours, theirs) == (True, False)
    (waiting.path.parent / "something else").write_text("is not ours")
    assert len(shelf.left_behind()) == 1


async def test_an_unreachable_token_server_is_an_error_of_sending(recorder: Recorder):
    server = Server()
    server.status = 503
    assert recorder.recording is not None
    async with server.client() as client:
        with pytest.raises(UnavailableError):
            await send(client, recorder.recording)
