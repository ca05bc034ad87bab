"""The question bank against the judge: what a key says must be heard is heard, what it calls wrong is not.

One question of each topic and competency, so that every file has its turn; `make bench-assessment` measures all.
"""

import pytest

from prompts.question_bank import BankQuestion, load_bank
from tests.unit.assessment.conftest import JudgeText

pytestmark = pytest.mark.unit


def one_of_each() -> list[BankQuestion]:
    return list({question.topic or question.competency: question for question in load_bank().questions}.values())


@pytest.mark.parametrize("question", one_of_each(), ids=lambda question: question.question_id)
async def test_points_are_heard_in_their_paraphrases_and_not_in_misconceptions(
    judge_text: JudgeText, question: BankQuestion
):
    said = " ".join(f"{point.paraphrases[0].rstrip('.')}." for point in question.expected_points)
    judged = await judge_text(question.question_id, said)
    assert [f.point.point_id for f in judged.points if f.covered == "no"] == []
    believed = [
        wrong.claim
        for wrong in question.misconceptions[:1]
        for finding in (await judge_text(question.question_id, wrong.claim)).points
        if finding.covered == "yes" and finding.point.point_id == wrong.contradicts
    ]
    assert believed == []
