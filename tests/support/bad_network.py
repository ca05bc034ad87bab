"""One interview on bad lines, in a network namespace of its own: `python -m tests.support.bad_network FOLDER`.

LiveKit's clients send from the address of a network card, and tests talk to loopback only. So `in_namespace` gives this
interview a network that has, besides loopback, a card that leads nowhere. What was seen is written to FOLDER.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import yaml
from livekit import rtc

from embedded import livekit_config
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.candidate.candidate import RoomClosed
from tests.support.candidate.interviewee import floor_is_open
from tests.support.candidate.rooms import free_port
from tests.support.client import AttemptSeen, Caller, Seen, TurnSeen
from tests.support.relay import Line, Relay
from tests.support.stack import ROOT, Stack, running_stack, scripted_model

VOICE = "am_michael"
SERVER, RELAYED = "127.0.0.1", "127.0.0.2"
LINES = {
    "estimate": Line(loss=0.1),
    "garbage-collection": Line(loss=0.2),
    "hash-map": Line(jitter_sec=0.2),
}
"""Which line an answer is given on."""
CUTS_SEC = {
    "rest-design": 1.0,
    "load-balancer": 5.0,
    "long-release": 10.0,
    "feedback-story": 25.0,
    "long-customer": 40.0,
    "mistake": 60.0,
}
"""How long the line was cut before an answer."""
AFTER_OTHER_NETWORK = "migration-story"
QUESTIONS = 14
NOTICED_SEC = 15.0
"""Of a line that is cut: LiveKit looks every five seconds whether anything arrives."""
BACK_WITHIN_SEC = 60.0
QUIET_SEC = 2.0
RESULT = "conversation.json"
IN_NAMESPACE = """set -e
ip link set lo up
ip link add card0 type veth peer name nowhere
ip address add 10.77.0.1/24 dev card0
ip link set card0 up
ip link set nowhere up
ip route add default dev card0
exec "$0" -m tests.support.bad_network "$1"
"""
LASTS_SEC = 900.0


class Cut(Seen):
    """The line was dead from one time to another, in milliseconds on the attempt's clock."""

    sec: float
    from_ms: int
    until_ms: int
    rejoined: bool
    """The client had given up, and came in again with a new token, as the page does."""
    heard_on_return: str


class Conversation(Seen):
    """One interview on all these lines, one after the other."""

    relayed: int
    """Packets that took the relay's way."""
    cuts: list[Cut]
    attempt: AttemptSeen
    turns: list[TurnSeen]

    def written(self) -> str:
        return " ".join(turn.text for turn in self.turns if turn.speaker == "candidate")


def in_namespace(folder: Path) -> Conversation:
    """Plays it there.

    Raises:
        PermissionError: this machine gives nobody a namespace.
    """
    unshare = (shutil.which("unshare") or "unshare", "--map-root-user", "--net", "--kill-child")
    if subprocess.run([*unshare, "true"], check=False, capture_output=True).returncode != 0:
        raise PermissionError("no network namespaces on this machine")
    log = folder / "bad_network.log"
    with log.open("wb") as output:
        subprocess.run(
            [*unshare, "sh", "-c", IN_NAMESPACE, sys.executable, str(folder)],
            cwd=ROOT,
            env=dict(os.environ),
            stdout=output,
            stderr=output,
            check=True,
            timeout=LASTS_SEC,
        )
    return Conversation.model_validate_json((folder / RESULT).read_text(encoding="utf-8"))


def play(folder: Path) -> Conversation:
    port = free_port(socket.SOCK_DGRAM)
    settings = {"LIVEKIT_UDP_PORT": str(port)}
    with (
        scripted_llm() as llm,
        _announcing(RELAYED, folder),
        running_stack(folder / "data", {**scripted_model(llm.base_url), **settings}) as stack,
    ):
        return asyncio.run(_converse(stack, port, folder))


async def _converse(stack: Stack, udp_port: int, folder: Path) -> Conversation:
    signalling = urlsplit(stack.livekit.url)
    async with (
        Relay.between(
            media=(RELAYED, udp_port),
            media_server=(SERVER, udp_port),
            signalling_server=(SERVER, signalling.port or 0),
        ) as relay,
        Caller.signed_up(stack.base_url) as caller,
    ):
        interview = await caller.create_interview(QUESTIONS)
        attempt_id = (await caller.start_attempt(interview.id)).attempt.id
        async with _Person(caller, attempt_id, relay, folder) as person:
            await person.candidate.say(person.clips["ready"])
            assert await floor_is_open(person.candidate)
            for name, line in LINES.items():
                await person.answer_on(line, name)
            cuts = [await person.answer_after_cut(sec, name) for name, sec in CUTS_SEC.items()]
            await person.answer_from_other_network(AFTER_OTHER_NETWORK)
            await caller.end(attempt_id)
            await person.candidate.ended()
        return Conversation(
            relayed=relay.passed,
            cuts=cuts,
            attempt=await caller.over(attempt_id),
            turns=await caller.turns(attempt_id),
        )


class _Person:
    """A candidate who stays in the interview whatever their line does."""

    def __init__(self, caller: Caller, attempt_id: str, relay: Relay, folder: Path) -> None:
        library = ClipLibrary()
        self.clips = {name: library.get(name, VOICE) for name in ("ready", *LINES, *CUTS_SEC, AFTER_OTHER_NETWORK)}
        self.candidate: Candidate
        self._caller = caller
        self._attempt_id = attempt_id
        self._relay = relay
        self._folder = folder
        self._visit = AsyncExitStack()
        self._visits = 0

    async def __aenter__(self) -> Self:
        await self._enter()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._save()
        await self._visit.aclose()

    async def answer_on(self, line: Line, clip_name: str) -> None:
        """Says it on that line, and waits for the reply on a good one."""
        self._relay.line = line
        await self.candidate.say_now(self.clips[clip_name])
        assert await floor_is_open(self.candidate)
        self._relay.line = Line()

    async def answer_after_cut(self, sec: float, clip_name: str) -> Cut:
        from_ms = await self._now_ms()
        await self._relay.cut_for(sec)
        until_ms, mended_at = from_ms + round(sec * 1000), self.candidate.clock.now()
        rejoined = await self._come_back()
        since = 0.0 if rejoined else mended_at
        if sec > NOTICED_SEC:
            self.candidate.spoke_until = since
            await self.candidate.interviewer_finished()
        opened = self.candidate.captions.interviewer_segments_opened_between(since, self.candidate.clock.now())
        await self.answer_on(Line(), clip_name)
        return Cut(
            sec=sec,
            from_ms=from_ms,
            until_ms=until_ms,
            rejoined=rejoined,
            heard_on_return=" ".join(segment.text for segment in opened),
        )

    async def answer_from_other_network(self, clip_name: str) -> None:
        self._relay.change_network()
        await self.candidate.until(lambda: not self._is_whole(), NOTICED_SEC, "the client to miss its network")
        await self._come_back()
        await self.answer_on(Line(), clip_name)

    async def _come_back(self) -> bool:
        """Waits until the room is whole and whatever the interviewer has to say has been said; whether it took a new
        visit."""
        try:
            await self.candidate.until(self._is_whole_and_quiet, BACK_WITHIN_SEC, "the room to be whole and quiet")
        except RoomClosed:
            await self._leave()
            await self._enter()
            return True
        return False

    def _is_whole(self) -> bool:
        return self.candidate.room.connection_state == rtc.ConnectionState.CONN_CONNECTED

    def _is_whole_and_quiet(self) -> bool:
        return self._is_whole() and self.candidate.hearing.silent_for(self.candidate.clock.now()) > QUIET_SEC

    async def _enter(self) -> None:
        connection = await self._caller.connection(self._attempt_id)
        joined = Candidate.joined(self._relay.signalling_url, connection.participant_token)
        self.candidate = await self._visit.enter_async_context(joined)
        self._visits += 1

    async def _leave(self) -> None:
        self._save()
        await self._visit.aclose()

    def _save(self) -> None:
        self.candidate.save(self._folder / f"visit-{self._visits}")

    async def _now_ms(self) -> int:
        began_at = (await self._caller.attempt(self._attempt_id)).started_at
        assert began_at is not None
        return round((time.time() - began_at.timestamp()) * 1000)


@contextmanager
def _announcing(address: str, folder: Path) -> Generator[None]:
    """livekit-server says that media go to that address, and answers wherever packets come from."""
    config: dict[str, Any] = yaml.safe_load(livekit_config.TEMPLATE.read_text(encoding="utf-8"))
    config["rtc"] |= {"node_ip": address, "use_ice_lite": True}
    template = folder / "livekit.yaml"
    template.write_text(yaml.safe_dump(config), encoding="utf-8")
    own, livekit_config.TEMPLATE = livekit_config.TEMPLATE, template
    try:
        yield
    finally:
        livekit_config.TEMPLATE = own


def main() -> None:
    folder = Path(sys.argv[1])
    (folder / RESULT).write_text(play(folder).model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
