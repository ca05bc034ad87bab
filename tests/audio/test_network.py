"""The network of a real person: packets lost, late and out of order, and a line that is cut for seconds.

Played on a stack and in a network of its own, after the scenes of the other tests.
"""

import pytest

from tests.audio.scenes import Playing, wanted_scenes
from tests.support import bad_network
from tests.support.bad_network import (
    AFTER_LONG_CUT,
    AFTER_SHORT_CUT,
    NOTICED_SEC,
    UNDER_JITTER,
    UNDER_LOSS,
    UNDER_MORE_LOSS,
    Conversation,
)
from tests.support.candidate.clips import ClipIndex
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio


@pytest.fixture(scope="module")
def conversation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    if wanted_scenes(request.session.items):
        playing: Playing = request.getfixturevalue("playing")
        playing.wait_until_over()
    try:
        return bad_network.in_namespace(tmp_path_factory.mktemp("network"))
    except PermissionError as error:
        pytest.skip(str(error))


def test_media_really_took_the_bad_line(conversation: Conversation):
    assert conversation.relayed > 1000


@pytest.mark.parametrize("clip_id", [UNDER_LOSS, UNDER_MORE_LOSS, UNDER_JITTER, AFTER_SHORT_CUT, AFTER_LONG_CUT])
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
