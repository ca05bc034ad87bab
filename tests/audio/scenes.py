"""Scenes: conversations that tests look at afterwards, played one after the other.

A conversation takes as long as it takes. So all scenes that the selected tests need are played from the start of the
session, a test waits for its own, and several tests may look at the same one.

    @scene(lasts_sec=60)
    async def reload(stage: Stage) -> Reloaded: ...

    def test_nothing_is_said_twice(reload: Reloaded): ...
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from concurrent.futures import Future, wait
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.fakes.llm_server import ScriptedLlm
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.client import Caller, ConnectionSeen
from tests.support.stack import Stack

T = TypeVar("T")
AT_ONCE = 1
"""What two slow cores bear: beside another conversation words are recognised up to 0.5 s later, and what is only late
would look like a fault."""
LONGEST_SESSION_SEC = 3600.0


@dataclass(frozen=True)
class Stage:
    """What a scene plays on."""

    stack: Stack
    clips: ClipLibrary
    llm: ScriptedLlm
    """Shared by the scenes: one that makes it fail does so to those beside it, which must not notice."""
    recordings: Path

    @asynccontextmanager
    async def caller(self) -> AsyncGenerator[Caller]:
        async with Caller.signed_up(self.stack.base_url) as caller:
            yield caller

    @asynccontextmanager
    async def joined(self, connection: ConnectionSeen) -> AsyncGenerator[Candidate]:
        """In the room. If the scene fails here, what was heard is kept."""
        async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
            try:
                yield candidate
            except BaseException as error:
                folder = self.recordings / connection.room_name
                candidate.save(folder)
                error.add_note(f"the conversation is kept in {folder}")
                raise


@dataclass(frozen=True)
class _Scene:
    play: Callable[[Stage], Awaitable[Any]]
    lasts_sec: float


_scenes: dict[str, _Scene] = {}


def scene(*, lasts_sec: float) -> Callable[[Callable[[Stage], Awaitable[T]]], Callable[..., T]]:
    """A fixture of the function's name, whose value is what the scene returned. The longest begin first."""

    def register(play: Callable[[Stage], Awaitable[T]]) -> Callable[..., T]:
        name = getattr(play, "__name__", repr(play))
        _scenes[name] = _Scene(play, lasts_sec)

        @pytest.fixture(scope="session", name=name)
        def outcome(playing: Playing) -> T:
            return playing.outcome(name)

        return outcome

    return register


class Playing:
    """The scenes of this session, under way in a thread with an event loop of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._outcomes: dict[str, Future[Any]] = {}

    def outcome(self, name: str) -> Any:
        return self._outcomes[name].result(LONGEST_SESSION_SEC)

    def wait_until_over(self) -> None:
        """Until nothing is played any more, whatever came of it."""
        wait(self._outcomes.values(), LONGEST_SESSION_SEC)

    @contextmanager
    def running(self, stage: Stage, names: set[str]) -> Generator["Playing"]:
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        places = asyncio.Semaphore(AT_ONCE)
        for name in sorted(names, key=lambda one: -_scenes[one].lasts_sec):
            work = self._play(_scenes[name], stage, places)
            self._outcomes[name] = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(5)
            self._loop.close()

    @staticmethod
    async def _play(scene: _Scene, stage: Stage, places: asyncio.Semaphore) -> Any:
        async with places:
            return await scene.play(stage)

    @staticmethod
    async def _stop() -> None:
        """Scenes that nobody waits for any more, as after a test run that was stopped."""
        remaining = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in remaining:
            task.cancel()
        await asyncio.gather(*remaining, return_exceptions=True)


def wanted_scenes(items: list[pytest.Item]) -> set[str]:
    """Those that the selected tests look at."""
    return {name for item in items for name in getattr(item, "fixturenames", ()) if name in _scenes}
