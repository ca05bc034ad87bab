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
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from embedded import livekit_config
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import Candidate, Clip, ClipLibrary
from tests.support.candidate.interviewee import floor_is_open
from tests.support.candidate.rooms import free_port
from tests.support.client import AttemptSeen, Caller, Seen, TurnSeen
from tests.support.relay import Line, Relay
from tests.support.stack import ROOT, Stack, running_stack, scripted_model

VOICE = "am_michael"
SERVER, RELAYED = "127.0.0.1", "127.0.0.2"
SHORT_CUT_SEC, LONG_CUT_SEC = 5.0, 25.0
NOTICED_SEC = 15.0
"""Of a line that is cut: LiveKit looks every five seconds whether anything arrives."""
UNDER_LOSS, UNDER_MORE_LOSS, UNDER_JITTER, AFTER_SHORT_CUT, AFTER_LONG_CUT = (
    "estimate",
    "garbage-collection",
    "hash-map",
    "load-balancer",
    "feedback-story",
)
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
LASTS_SEC = 400.0


class Conversation(Seen):
    """One interview on all these lines, one after the other."""

    relayed: int
    """Packets that took the relay's way."""
    long_cut_ms: tuple[int, int]
    """On the attempt's clock."""
    said_on_return: str
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
    library = ClipLibrary()
    clips = {
        name: library.get(name, VOICE)
        for name in ("ready", UNDER_LOSS, UNDER_MORE_LOSS, UNDER_JITTER, AFTER_SHORT_CUT, AFTER_LONG_CUT)
    }
    signalling = urlsplit(stack.livekit.url)
    async with (
        Relay.between(
            media=(RELAYED, udp_port),
            media_server=(SERVER, udp_port),
            signalling_server=(SERVER, signalling.port or 0),
        ) as relay,
        Caller.signed_up(stack.base_url) as caller,
    ):
        interview = await caller.create_interview(8)
        started = await caller.start_attempt(interview.id)
        attempt_id = started.attempt.id
        async with Candidate.joined(relay.signalling_url, started.connection.participant_token) as candidate:
            try:
                await candidate.say(clips["ready"])
                assert await floor_is_open(candidate)
                await _answer(candidate, relay, Line(loss=0.1), clips[UNDER_LOSS])
                await _answer(candidate, relay, Line(loss=0.2), clips[UNDER_MORE_LOSS])
                await _answer(candidate, relay, Line(jitter_sec=0.2), clips[UNDER_JITTER])
                await relay.cut_for(SHORT_CUT_SEC)
                await _settled(candidate)
                await _answer(candidate, relay, Line(), clips[AFTER_SHORT_CUT])
                began_at = (await caller.attempt(attempt_id)).started_at
                assert began_at is not None
                cut_at = candidate.wall_time(candidate.clock.now()) - began_at.timestamp()
                await relay.cut_for(LONG_CUT_SEC)
                mended_at = candidate.clock.now()
                candidate.spoke_until = mended_at
                await candidate.interviewer_finished()
                opened = candidate.captions.interviewer_segments_opened_between(mended_at, candidate.clock.now())
                await candidate.say_now(clips[AFTER_LONG_CUT])
                assert await floor_is_open(candidate)
                await caller.end(attempt_id)
                await candidate.ended()
            finally:
                candidate.save(folder / "recording")
        attempt = await caller.over(attempt_id)
        return Conversation(
            relayed=relay.passed,
            long_cut_ms=(round(cut_at * 1000), round((cut_at + LONG_CUT_SEC) * 1000)),
            said_on_return=" ".join(segment.text for segment in opened),
            attempt=attempt,
            turns=await caller.turns(attempt_id),
        )


async def _answer(candidate: Candidate, relay: Relay, line: Line, clip: Clip) -> None:
    """Says it on that line, and waits for the reply on a good one."""
    relay.line = line
    await candidate.say_now(clip)
    assert await floor_is_open(candidate)
    relay.line = Line()


async def _settled(candidate: Candidate) -> None:
    """After a cut: whatever the interviewer has to say has been said."""
    await candidate.until(
        lambda: candidate.hearing.silent_for(candidate.clock.now()) > 2.0, NOTICED_SEC, "the interviewer to be silent"
    )


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
