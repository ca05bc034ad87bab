"""The measuring candidate itself, against a peer whose delay is known."""

from collections.abc import AsyncGenerator

import pytest

from agent.settings import ProviderSettings
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.candidate.measure import measure_answer
from tests.support.candidate.rooms import PlainServer, echo_peer, find_livekit_server, plain_server

pytestmark = pytest.mark.audio
ECHO_DELAY_SEC = 2.0


@pytest.fixture
async def server(scenes_are_over: None) -> AsyncGenerator[PlainServer]:
    binary = find_livekit_server(ProviderSettings().mock_interview_cache_dir / "bin")
    if binary is None:
        pytest.fail("no livekit-server: `make run` or `make test` fetches it")
    async with plain_server(binary) as running:
        yield running


async def test_the_delay_of_an_echo_is_measured_as_what_it_is(server: PlainServer):
    clip = ClipLibrary().get("ready", "am_michael")
    peer_token = server.participant_token("rig", "echo")
    async with (
        echo_peer(server.url, peer_token, ECHO_DELAY_SEC),
        Candidate.joined(server.url, server.participant_token("rig", "candidate")) as candidate,
    ):
        await candidate.is_listened_to()
        played = await candidate.say_now(clip)
        await candidate.interviewer_finished(after_silence=0.5)
        measured = measure_answer(candidate.recording(played.span.start - 1), played.span)
    assert measured.response_sec is not None
    transport_sec = measured.response_sec + measured.speech.length - ECHO_DELAY_SEC
    assert 0.0 < transport_sec < 0.4
