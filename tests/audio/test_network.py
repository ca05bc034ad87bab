"""The network of a real person: packets lost, late and out of order, and a line that is cut for seconds.

Played on a stack and in a network of its own, after the scenes of the other tests.
"""

import pytest

from tests.support import bad_network
from tests.support.bad_network import AFTER_OTHER_NETWORK, CUTS_SEC, LINES, NOTICED_SEC, Conversation
from tests.support.candidate.clips import ClipIndex
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio


@pytest.fixture(scope="module")
def conversation(scenes_are_over: None, tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    try:
        return bad_network.in_namespace(tmp_path_factory.mktemp("network"))
    except PermissionError as error:
        pytest.skip(str(error))


def test_media_really_took_the_bad_line(conversation: Conversation):
    assert conversation.relayed > 1000


@pytest.mark.parametrize("clip_id", [*LINES, *CUTS_SEC, AFTER_OTHER_NETWORK])
def test_what_is_said_on_a_bad_line_after_a_cut_or_from_another_network_is_stored(
    conversation: Conversation, clip_id: str
):
    assert content_share(ClipIndex.load()[clip_id].spoken_text, conversation.written()) >= 0.6


def test_the_interviewer_is_silent_while_the_candidate_is_gone(conversation: Conversation):
    said = [
        turn
        for cut in conversation.cuts
        for turn in conversation.turns
        if turn.speaker == "interviewer" and cut.from_ms + NOTICED_SEC * 1000 < turn.started_ms < cut.until_ms
    ]
    assert said == []


def test_the_interviewer_takes_up_the_thread_after_each_long_cut(conversation: Conversation):
    long = [cut for cut in conversation.cuts if cut.sec > NOTICED_SEC]
    assert long
    assert all(cut.heard_on_return for cut in long)


def test_it_stays_one_interview_to_the_end(conversation: Conversation):
    assert conversation.attempt.end_reason == "candidate_ended"
    assert [turn.act for turn in conversation.turns].count("greeting") == 1
