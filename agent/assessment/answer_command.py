"""`python -m agent.assessment answer`: the judgement of one answer, or of many, as JSON. No database, no room.

For people who want to check how we judge, and to compare graders on any set of answers. Any question can be judged,
with expected points or with a reference answer, whose sentences are then the points.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean
from typing import Annotated, TextIO

from pydantic import Field, ValidationError, model_validator

from agent.assessment.answers import Answer
from agent.assessment.grading import GraderFacts, Grading
from agent.assessment.gradings import NewGrading
from agent.assessment.judge import AnswerJudgement, Covered
from agent.assessment.reference import sentences_of_reference
from agent.assessment.scores import content_score
from storage.models.base import Model
from storage.models.interview import ExpectedPoint, Level, PlannedQuestion, QuestionKey, QuestionKind

LONGEST_TEXT = 20_000
BAD_INPUT = 2

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class AnswerToJudge(Model):
    """One line of a batch."""

    id: str = ""
    question: Text
    kind: QuestionKind = "technical"
    level: Level = "mid"
    expected_points: Annotated[tuple[Text | ExpectedPoint, ...], Field(max_length=40)] = ()
    reference_answer: Text | None = None
    answer: Annotated[str, Field(max_length=LONGEST_TEXT)]

    @model_validator(mode="after")
    def _something_is_expected(self) -> "AnswerToJudge":
        if not self.expected_points and not self.reference_answer:
            raise ValueError("expected_points or reference_answer is needed")
        return self

    def to_answer(self) -> Answer:
        question_id = self.id or "question"
        question = PlannedQuestion(question_id=question_id, index=0, kind=self.kind, text=self.question)
        given = self.expected_points or sentences_of_reference(self.reference_answer or "")
        points = [
            ExpectedPoint(point_id=f"point-{number}", claim=point) if isinstance(point, str) else point
            for number, point in enumerate(given, start=1)
        ]
        key = QuestionKey(question_id=question_id, expected_points=points)
        return replace(Answer.from_text(question, key, self.answer), reference=self.reference_answer)


class PointJudged(Model):
    point: str
    covered: Covered
    strength: float
    """0 to 1: how clearly it was heard."""
    quote: str | None = None


class AnswerJudged(Model):
    """What is printed for an answer."""

    id: str
    judge: str
    """The model."""
    fallback_reason: str | None
    """Why the judge on this machine took the place of the language model that was asked for; None if it didn't."""
    status: str
    reason: str | None
    """Why it wasn't judged; None if it was."""
    score: float | None
    """0 to 1: the share of what was expected, as in a report. None where the answer wasn't judged."""
    closeness: float | None
    """0 to 1, finer than the score, to rank answers to the same question: mean strength of the points, or how close the
    answer comes to the reference answer where one is given."""
    points: list[PointJudged]


def judged(id_: str, judgement: AnswerJudgement, level: Level, by: GraderFacts) -> AnswerJudged:
    score = content_score(judgement, level)
    closeness = judgement.closeness
    if closeness is None and judgement.points:
        closeness = fmean(finding.strength for finding in judgement.points)
    return AnswerJudged(
        id=id_,
        judge=by.model,
        fallback_reason=by.fallback_reason,
        status=judgement.status,
        reason=judgement.reason,
        score=None if score is None else round(score, 4),
        closeness=None if closeness is None else round(closeness, 4),
        points=[
            PointJudged(
                point=finding.point.claim,
                covered=finding.covered,
                strength=round(finding.strength, 4),
                quote=finding.quoted.evidence.quote if finding.quoted else None,
            )
            for finding in judgement.points
        ],
    )


async def judge_one(item: AnswerToJudge, grading: Grading) -> AnswerJudged:
    judgement = await grading.judge(item.to_answer(), item.level)
    return judged(item.id, judgement, item.level, grading.facts())


async def run(
    options: argparse.Namespace, new_grading: NewGrading, *, stdin: TextIO, stdout: TextIO, stderr: TextIO
) -> int:
    """Judges what the options and standard input name. Returns the exit code; bad input says which line and field."""
    try:
        for item in _items(options, stdin):
            answered = await judge_one(item, new_grading())
            stdout.write(answered.model_dump_json(exclude_none=False) + "\n")
            stdout.flush()
    except _BadLineError as error:
        stderr.write(f"{error}\n")
        return BAD_INPUT
    return 0


class _BadLineError(ValueError):
    pass


def _items(options: argparse.Namespace, stdin: TextIO) -> Iterable[AnswerToJudge]:
    if options.batch:
        for number, line in enumerate(stdin, start=1):
            if line.strip():
                yield _checked(f"line {number}", line)
        return
    one = {
        "question": options.question,
        "kind": options.kind,
        "level": options.level,
        "expected_points": options.points,
        "reference_answer": options.reference,
        "answer": stdin.read(),
    }
    yield _checked("", json.dumps(one))


def _checked(where: str, text: str) -> AnswerToJudge:
    try:
        return AnswerToJudge.model_validate_json(text)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'input'}: {fault['msg']}" for fault in error.errors())
        raise _BadLineError(f"{where + ': ' if where else ''}{faults}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m agent.assessment answer", description=__doc__)
    parser.add_argument("--batch", action="store_true", help="read JSON lines, write JSON lines in their order")
    parser.add_argument("--question", default="", help="what was asked")
    parser.add_argument("--points", nargs="+", default=[], metavar="POINT", help="what a good answer says")
    parser.add_argument("--reference", default=None, help="instead of points: a good answer")
    parser.add_argument("--kind", choices=["technical", "behavioral"], default="technical")
    parser.add_argument(
        "--judge", choices=["auto", "on_device", "llm"], default="on_device", help="as ASSESSMENT_JUDGE (.env.example)"
    )
    parser.add_argument("--level", choices=["junior", "mid", "senior"], default="mid")
    return parser


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options. Ends the process for `--help` and wrong ones, before a model is loaded."""
    return _parser().parse_args(arguments)
