"""How the candidate is doing, read from the turns of the transcript."""

import pytest

from agent.delivery.candidate_state import CandidateState, evidence_of
from storage.models.transcript import Act, Intent, Turn, Word

pytestmark = pytest.mark.unit

FLUENT = (
    "I designed the service around a queue so that slow consumers would never block the producers and we could "
    "replay everything that failed during the night"
)
STUMBLING = (
    "I I think that we we had a a queue and um the the consumers were um were slow so so we uh I mean the the "
    "producers they they had to wait"
)


def asked(until_ms: int, act: Act = "question") -> Turn:
    return Turn(
        seq=1,
        speaker="interviewer",
        question_id="q",
        question_index=0,
        text="Why?",
        started_ms=max(0, until_ms - 1000),
        ended_ms=until_ms,
        act=act,
    )


def said(
    text: str,
    *,
    at_ms: int = 1000,
    word_ms: int = 330,
    pauses_ms: dict[int, int] | None = None,
    intent: Intent = "answer",
    confidence: float = 0.9,
    with_words: bool = True,
) -> Turn:
    """`pauses_ms` come after the words of these numbers."""
    words: list[Word] = []
    now_ms = at_ms
    for number, word in enumerate(text.split()):
        words.append(Word(text=word, started_ms=now_ms, ended_ms=now_ms + word_ms, confidence=confidence))
        now_ms += word_ms + (pauses_ms or {}).get(number, 0)
    return Turn(
        seq=2,
        speaker="candidate",
        question_id="q",
        question_index=0,
        text=text,
        started_ms=at_ms,
        ended_ms=now_ms,
        words=words if with_words else None,
        intent=intent,
    )


def test_fluent_speech_is_no_evidence():
    assert evidence_of(said(FLUENT), asked_until_ms=0) == 0.0


@pytest.mark.parametrize(
    "answer",
    [
        said(FLUENT, pauses_ms={3: 1500, 9: 2500, 15: 1800}),
        said(STUMBLING),
        said(FLUENT, word_ms=220),
        said(FLUENT, at_ms=12_000),
    ],
    ids=["long pauses", "restarts and fillers", "very fast", "begins late"],
)
def test_each_sign_is_evidence(answer: Turn):
    assert evidence_of(answer, asked_until_ms=0) > 0.7


def test_pauses_of_less_than_a_second_are_thinking():
    assert evidence_of(said(FLUENT, pauses_ms={3: 800, 9: 900, 15: 950}), asked_until_ms=0) == 0.0


def test_words_that_were_perhaps_misheard_are_no_stumbling():
    sure, doubtful = said(STUMBLING), said(STUMBLING, confidence=0.3)
    assert evidence_of(doubtful.model_copy(update={"text": FLUENT}), 0) < 0.1 < evidence_of(sure, 0)


def test_a_recogniser_without_word_times_leaves_the_words_as_evidence():
    assert evidence_of(said(STUMBLING, with_words=False), 0) > 0.7
    assert evidence_of(said(FLUENT, with_words=False), 0) == 0.0


def test_one_bad_answer_strains_two_are_a_struggle_and_good_ones_end_it():
    state = CandidateState()
    seen: list[str] = []
    for answer in (said(STUMBLING), said(STUMBLING), said(FLUENT), said(FLUENT), said(FLUENT)):
        state.heard(answer)
        seen.append(state.ease)
    assert seen == ["strained", "struggling", "strained", "at_ease", "at_ease"]


def test_not_knowing_and_silence_count():
    state = CandidateState()
    state.heard(asked(1000))
    state.heard(said("I don't know.", intent="dont_know"))
    assert state.ease == "strained"
    state.heard(asked(9000, "rephrase"))
    assert state.ease == "struggling"


def test_small_talk_before_the_questions_says_nothing():
    state = CandidateState()
    state.heard(said(STUMBLING).model_copy(update={"question_id": None}))
    assert state.level == 0.0


def test_a_short_answer_weighs_less_than_a_long_one():
    short, long = CandidateState(), CandidateState()
    short.heard(asked(0))
    short.heard(said("Yes, we did.", at_ms=12_000))
    long.heard(said(STUMBLING))
    assert 0 < short.level < long.level


def test_a_state_ends_below_the_level_at_which_it_began():
    state = CandidateState()
    state.heard(said(STUMBLING))
    assert state.ease == "strained"
    state.heard(said("Yes, that is what we did."))
    assert state.level < 0.5
    assert state.ease == "strained"
