"""The report of an export has the page's words."""

import re
from pathlib import Path

import pytest

from storage.models.attempt import Attempt
from storage.models.feedback import CATEGORIES, AreaForImprovement, Claim
from storage.models.interview import Plan
from tests.support.samples import draft, feedback, parameters
from tests.support.times import NOW
from token_server.account.readable import CATEGORY_NAMES, COVERED, STATUSES, readable_attempt

pytestmark = pytest.mark.unit

PAGE = (Path(__file__).resolve().parents[3] / "token_server" / "web" / "src" / "report" / "texts.ts").read_text("utf-8")


def words_of_the_page(name: str) -> dict[str, str]:
    [block] = re.findall(rf"\n  {name}: {{(.*?)}},\n", PAGE, re.S)
    return dict(re.findall(r'(\w+): "(.+?)"', block))


def word_of_the_page(name: str) -> str:
    [word] = re.findall(rf'\n  {name}: "(.+?)",\n', PAGE)
    return word


def test_categories_outcomes_and_points_have_the_names_of_the_page():
    assert words_of_the_page("categories") == CATEGORY_NAMES
    assert words_of_the_page("questionStatus") == STATUSES
    assert words_of_the_page("covered") == COVERED


def test_headings_are_those_of_the_page():
    report = feedback("attempt", "assessment").model_copy(
        update={
            "strengths": [Claim(text="You gave numbers.", evidence=[])],
            "areas_for_improvement": [AreaForImprovement(text="It was long.", suggestion="Begin with the answer.")],
        }
    )
    text = readable_attempt("Backend engineer", a_plan(), an_attempt(), [], {}, report)
    headings = re.findall(r"^### (.+)$", text, re.M)
    names = ("categoriesTitle", "strengthsTitle", "areasTitle", "questionsTitle")
    assert headings == [word_of_the_page(name) for name in names]
    assert [name for name in CATEGORY_NAMES.values() if f"**{name}**" in text] == [
        CATEGORY_NAMES[c] for c in CATEGORIES
    ]
    assert f"- It was long. {word_of_the_page('suggestion')}: Begin with the answer." in text


def an_attempt() -> Attempt:
    return Attempt(
        id="attempt",
        interview_id="interview",
        owner_id="ada",
        plan_id="plan",
        number=1,
        status="ended",
        created_at=NOW,
    )


def a_plan() -> Plan:
    return Plan(
        id="plan",
        interview_id="interview",
        version=1,
        parameters=parameters(),
        questions=draft().questions,
        source="bank:1",
        created_at=NOW,
    )
