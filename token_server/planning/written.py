"""The shape in which a model writes a question, and the question of a plan that is made of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict

from prompts.question_bank import BankQuestion
from prompts.question_bank.wording import EVERYDAY_WORDS, says, says_any, word_count
from storage.models.interview import (
    ExpectedPoint,
    Misconception,
    PlannedQuestion,
    QuestionKey,
    QuestionKind,
    QuestionReason,
    StoryPart,
)

MOST_CHARACTERS = 600
"""Of any one text: three times the longest that faults.py lets pass, so that no check can take long."""
LARGEST_NUMBER = 10_000
MOST_KEYWORD_WORDS = 5
MOST_SYNONYMS = 12
MOST_KEYWORD_GROUPS = 4


def _on_one_line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > MOST_CHARACTERS:
        raise ValueError(f"longer than {MOST_CHARACTERS} characters")
    return line


def _of_usual_size(number: int) -> int:
    if abs(number) > LARGEST_NUMBER:
        raise ValueError("not a usual number")
    return number


Text = Annotated[str, AfterValidator(_on_one_line)]
Number = Annotated[int, AfterValidator(_of_usual_size)]


class Shape(BaseModel):
    """Limits are no part of it: a server's schemas may know none, and faults.py names what is wrong in words."""

    model_config = ConfigDict(frozen=True, extra="ignore", json_schema_extra={"additionalProperties": False})


class WrittenPoint(Shape):
    claim: Text
    paraphrases: list[Text]
    keywords: list[list[Text]]
    importance: Literal["must", "bonus"]


class WrittenMisconception(Shape):
    claim: Text
    contradicts: Number | None
    """The number of a point, from 1."""


class WrittenStoryPart(Shape):
    part: Literal["situation", "action", "result", "number", "reflection"]
    shows: Text


class WrittenQuestion(Shape):
    kind: QuestionKind
    text: Text
    expected_points: list[WrittenPoint]
    misconceptions: list[WrittenMisconception]
    follow_ups: list[Text]
    hint: Text
    story: list[WrittenStoryPart]
    answer_sec: Number


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """A question with its key, before it has its place in a plan."""

    kind: QuestionKind
    text: str
    key: QuestionKey
    reason: QuestionReason | None = None
    asked_before: bool = False

    @classmethod
    def of_bank(cls, question: BankQuestion, reason: QuestionReason | None, *, asked_before: bool) -> Self:
        return cls(question.kind, question.text, question.key(), reason, asked_before)

    @classmethod
    def of_written(cls, written: WrittenQuestion, competency: str | None, reason: QuestionReason | None = None) -> Self:
        """`written` has no faults."""
        question_id = id_of(written.text)
        point_ids = [f"{question_id}-p{number}" for number in range(1, len(written.expected_points) + 1)]
        key = QuestionKey(
            question_id=question_id,
            expected_points=[
                ExpectedPoint(
                    point_id=point_id,
                    claim=point.claim,
                    paraphrases=point.paraphrases,
                    keywords=point.keywords,
                    importance=point.importance,
                )
                for point_id, point in zip(point_ids, written.expected_points, strict=True)
            ],
            misconceptions=[
                Misconception(
                    claim=wrong.claim,
                    contradicts=None if wrong.contradicts is None else point_ids[wrong.contradicts - 1],
                )
                for wrong in written.misconceptions
            ],
            follow_ups=written.follow_ups,
            hint=written.hint,
            competency=competency,
            story=[StoryPart(part=part.part, shows=part.shows) for part in written.story],
            answer_sec=written.answer_sec,
        )
        return cls(written.kind, written.text, key, reason)

    def planned(self, index: int) -> PlannedQuestion:
        return PlannedQuestion(
            question_id=self.key.question_id,
            index=index,
            kind=self.kind,
            text=self.text,
            reason=self.reason,
            asked_before=self.asked_before,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """What a model made of one plan."""

    model: str
    questions: Sequence[PlanQuestion]
    faults: int = 0
    """Found in all tries."""
    failures: Mapping[str, int] = field(default_factory=dict[str, int])
    """Why questions are missing: `late`, `faulty`, or what the model's server did."""


def id_of(text: str) -> str:
    """The same for the same words, in every plan."""
    words = " ".join(text.casefold().split())
    return f"llm-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def tidied(written: WrittenQuestion) -> WrittenQuestion:
    """Without keywords that tell nothing about a point, and without a technical question's story."""
    points = [
        point.model_copy(update={"keywords": _telling_keywords(point, written.text)})
        for point in written.expected_points
    ]
    story = written.story if written.kind == "behavioral" else []
    return written.model_copy(update={"expected_points": points, "story": story})


def _telling_keywords(point: WrittenPoint, question: str) -> list[list[str]]:
    """Everyday words and the question's are heard in any answer, and a group that the point's own wordings don't have
    is hardly heard in a good one."""
    groups = [
        [keyword for keyword in dict.fromkeys(group) if _can_tell(keyword) and not says(question, keyword)]
        for group in point.keywords
    ]
    wordings: Sequence[str] = (point.claim, *point.paraphrases)
    telling = [group[:MOST_SYNONYMS] for group in groups if any(says_any(wording, group) for wording in wordings)]
    return telling[:MOST_KEYWORD_GROUPS]


def _can_tell(keyword: str) -> bool:
    return (
        1 <= word_count(keyword) <= MOST_KEYWORD_WORDS
        and keyword.isprintable()
        and keyword.casefold() not in EVERYDAY_WORDS
    )
