"""The page tells the candidate how scores are made: the figures it shows are the ones that the code has."""

import json
from pathlib import Path
from typing import Any

import pytest

from agent.assessment import gates
from agent.assessment.delivery import LONG_PAUSE_MS
from agent.assessment.llm.levels import LEVEL_REACH, SCORE_OF_LEVEL
from agent.assessment.overall import NEEDED_WEIGHT, WEIGHTS
from agent.assessment.scores import pace
from agent.assessment.spoken import DOUBTFUL_CONFIDENCE
from agent.assessment.wording import BANDS
from prompts.rubrics.loading import load_rubric
from storage.models.feedback import CATEGORIES

pytestmark = pytest.mark.unit

REPORT = Path(__file__).resolve().parents[3] / "token_server" / "web" / "src" / "report"
SHOWN: dict[str, Any] = json.loads((REPORT / "scoring.json").read_text("utf-8"))
REASONS = (
    gates.TOO_SHORT,
    gates.SKIPPED,
    gates.DONT_KNOW,
    gates.SILENCE,
    gates.NOT_ASKED,
    gates.ENDED_BEFORE,
    gates.NOT_ENGLISH,
    gates.QUESTION_REPEATED,
    gates.WORD_LIST,
    gates.OFF_THE_QUESTION,
    gates.RECOGNISER_UNSURE,
)


def test_the_weights_are_the_ones_of_the_overall_score() -> None:
    in_percent = {
        interview_type: {category: round(100 * weight) for category, weight in weights.items()}
        for interview_type, weights in WEIGHTS.items()
    }

    assert SHOWN["weights"] == in_percent
    assert SHOWN["needed_weight"] == round(100 * NEEDED_WEIGHT)


def test_the_words_for_scores_are_the_ones_of_the_report() -> None:
    assert [(least, name) for name, least in SHOWN["bands"].items()] == list(BANDS)


def test_the_points_of_levels_are_the_ones_that_a_model_can_give() -> None:
    assert SHOWN["points_of_levels"] == [SCORE_OF_LEVEL[level] for level in sorted(SCORE_OF_LEVEL)]
    assert SHOWN["level_reach"] == LEVEL_REACH


def test_the_words_of_levels_are_the_rubrics() -> None:
    shown = json.loads((REPORT / "levels.json").read_text("utf-8"))

    assert shown == {
        category: [list(anchor.behaviours) for anchor in load_rubric(category).anchors] for category in CATEGORIES
    }


def test_the_range_of_the_pace_is_the_one_with_full_marks() -> None:
    shown = SHOWN["pace"]

    assert pace(shown["full_from"]) == pace(shown["full_to"]) == 1
    assert pace(shown["full_from"] - 1) < 1
    assert pace(shown["full_to"] + 1) < 1
    assert pace(shown["none_below"]) == pace(shown["none_above"]) == 0
    assert pace(shown["none_below"] + 1) > 0
    assert pace(shown["none_above"] - 1) > 0


def test_long_pauses_and_doubtful_words_begin_where_they_do_in_the_assessment() -> None:
    assert 1000 * SHOWN["long_pause_sec"] == LONG_PAUSE_MS
    assert SHOWN["doubtful_confidence"] == DOUBTFUL_CONFIDENCE


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_not_to_judge_has_words(reason: str) -> None:
    texts = (REPORT / "texts.ts").read_text("utf-8")

    assert f'    "{reason}": "' in texts or f'    {reason}: "' in texts
