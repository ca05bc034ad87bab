"""The network of a real person: packets lost, late and out of order, and a line that is cut for seconds.

Played on a stack of its own, whose livekit-server is reached through the relay, after the scenes of the other tests.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from embedded import livekit_config
from tests.audio.scenes import Playing, wanted_scenes
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import Candidate, Clip, ClipLibrary
from tests.support.candidate.clips import ClipIndex
from tests.support.candidate.interviewee import floor_is_open
from tests.support.client import AttemptSeen, Caller, TurnSeen
from tests.support.relay import Line, Relay
from tests.support.stack import Stack, running_stack, scripted_model
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio
VOICE = "am_michael"
SERVER, RELAYED = "127.0.0.1", "127.0.0.2"
SHORT_CUT_SEC, LONG_CUT_SEC = 5.0, 25.0
NOTICED_SEC = 15.0
"""Of a line that is cut: LiveKit looks every five seconds whether anything arrives."""
UNDER_LOSS, UNDER_JITTER, AFTER_SHORT_CUT, AFTER_LONG_CUT = "estimate", "hash-map", "load-balancer", "feedback-story"


@dataclass(frozen=True)
class Conversation:
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


@pytest.fixture(scope="module")
def conversation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    if wanted_scenes(request.session.items):
        playing: Playing = request.getfixturevalue("playing")
        playing.wait_until_over()
    folder = tmp_path_factory.mktemp("network")
    port = _free_udp_port()
    settings = {"LIVEKIT_UDP_PORT": str(port)}
    with (
        scripted_llm() as llm,
        _announcing(RELAYED, folder),
        running_stack(folder / "data", {**scripted_model(llm.base_url), **settings}) as stack,
    ):
        return asyncio.run(_converse(stack, port))


async def _converse(stack: Stack, udp_port: int) -> Conversation:
    clips = {
        name: ClipLibrary().get(name, VOICE)
        for name in ("ready", UNDER_LOSS, UNDER_JITTER, AFTER_SHORT_CUT, AFTER_LONG_CUT)
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
        async with _joined(relay, started.connection.participant_token) as candidate:
            await candidate.say(clips["ready"])
            assert await floor_is_open(candidate)
            await _answer(candidate, relay, Line(loss=0.1), clips[UNDER_LOSS])
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
        attempt = await caller.over(attempt_id)
        return Conversation(
            relay.passed,
            (round(cut_at * 1000), round((cut_at + LONG_CUT_SEC) * 1000)),
            " ".join(segment.text for segment in opened),
            attempt,
            await caller.turns(attempt_id),
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


@asynccontextmanager
async def _joined(relay: Relay, participant_token: str) -> AsyncGenerator[Candidate]:
    async with Candidate.joined(relay.signalling_url, participant_token) as candidate:
        yield candidate


@contextmanager
def _announcing(address: str, folder: Path) -> Generator[None]:
    """livekit-server says that media go to that address, and answers wherever packets come from."""
    config: dict[str, Any] = yaml.safe_load(livekit_config.TEMPLATE.read_text(encoding="utf-8"))
    config["rtc"] |= {"node_ip": address, "use_ice_lite": True}
    template = folder / "livekit.yaml"
    template.write_text(yaml.safe_dump(config), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(livekit_config, "TEMPLATE", template)
        yield


def _free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((SERVER, 0))
        return probe.getsockname()[1]


def test_media_really_took_the_bad_line(conversation: Conversation):
    assert conversation.relayed > 1000


@pytest.mark.parametrize("clip_id", [UNDER_LOSS, UNDER_JITTER, AFTER_SHORT_CUT, AFTER_LONG_CUT])
def test_what_is_said_on_a_bad_line_or_after_a_cut_is_stored(conversation: Conversation, clip_id: str):
    assert content_share(ClipIndex.load()[clip_id].spoken_text, conversation.written()) >= 0.6


def test_the_interviewer_is_silent_while_the_candidate_is_gone(conversation: Conversation):
    cut_ms, mended_ms = conversation.long_cut_ms
    said = [
        turn
        for turn in conversation.turns
        if turn.speaker == "interviewer" and cut_ms + NOTICED_SEC * 1000 < turn.started_ms < mended_ms
    ]
    assert said == []


def test_the_interviewer_takes_up_the_thread_after_a_long_cut(conversation: Conversation):
    assert conversation.said_on_return
    assert conversation.attempt.end_reason == "candidate_ended"
    assert [turn.act for turn in conversation.turns].count("greeting") == 1
