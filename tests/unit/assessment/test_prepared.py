"""Corrections of the candidate, and the recogniser's doubt."""

import pytest

from agent.assessment.prepared import corrected
from storage.models.assessment import AssessmentWork
from storage.models.feedback import Feedback
from storage.models.transcript import TurnCorrection
from tests.unit.assessment.conftest import Assess
from tests.unit.assessment.transcripts import ANSWERS, NOW, TECHNICAL, answered_at, interview

pytestmark = pytest.mark.unit


def answered_turns(work: AssessmentWork) -> list[int]:
    return [turn.seq for turn in work.turns if turn.speaker == "candidate" and turn.question_id is not None]


def corrections_to(work: AssessmentWork, strength: str) -> AssessmentWork:
    texts = [ANSWERS[question_id][strength] for question_id in TECHNICAL]
    corrections = [
        TurnCorrection(seq=seq, text=text, corrected_at=NOW)
        for seq, text in zip(answered_turns(work), texts, strict=True)
    ]
    return work.model_copy(update={"corrections": corrections})


async def test_a_corrected_answer_is_judged_by_what_the_candidate_says_they_said(assess_work: Assess):
    misheard = interview(answered_at("weak"))
    before = await assess_work(misheard)
    after = await assess_work(corrections_to(misheard, "strong"))
    assert isinstance(before, Feedback)
    assert isinstance(after, Feedback)
    assert (after.overall_score or 0) > (before.overall_score or 0) + 10
    assert after.corrected_turns == answered_turns(misheard)
    assert before.corrected_turns == []


async def test_doubt_is_said_with_the_turns_it_is_in_and_a_correction_ends_it(assess_work: Assess):
    doubted = interview(answered_at("fair"), confidence=0.95)
    seq = answered_turns(doubted)[0]
    turns = [
        turn.model_copy(
            update={
                "words": [
                    word.model_copy(update={"confidence": 0.2 if number % 3 == 0 else 0.9})
                    for number, word in enumerate(turn.words or [])
                ]
            }
        )
        if turn.seq == seq
        else turn
        for turn in doubted.turns
    ]
    doubted = doubted.model_copy(update={"turns": turns})
    report = await assess_work(doubted)
    assert isinstance(report, Feedback)
    assert report.doubt is not None
    assert report.doubt.turn_seqs == [seq]
    assert 0 < report.doubt.share < 0.25
    assert not report.doubt.much
    mended = await assess_work(corrections_to(doubted, "fair"))
    assert isinstance(mended, Feedback)
    assert mended.doubt is not None
    assert mended.doubt.share == 0


def test_an_interviewers_turn_is_never_corrected():
    work = interview(answered_at("fair"))
    first = work.turns[0]
    assert first.speaker == "interviewer"
    changed = corrected(work.turns, [TurnCorrection(seq=first.seq, text="Something else.", corrected_at=NOW)])
    assert changed == work.turns


def test_a_correction_keeps_the_times_of_what_was_recognised():
    work = interview(answered_at("fair"))
    seq = answered_turns(work)[0]
    changed = corrected(work.turns, [TurnCorrection(seq=seq, text="Short.", corrected_at=NOW)])
    before, after = (next(turn for turn in turns if turn.seq == seq) for turns in (work.turns, changed))
    assert after.text == "Short."
    assert [word.started_ms for word in after.words or []] == [word.started_ms for word in before.words or []]
