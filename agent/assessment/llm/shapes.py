"""What the prompts judge_points, judge_category and judge_wording ask for. Reasons stand before verdicts, as there."""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from agent.assessment.judge import Covered

ShortText: TypeAlias = Annotated[str, Field(max_length=1000)]
LongText: TypeAlias = Annotated[str, Field(max_length=2500)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PointVerdict(_Shape):
    point_id: str
    reason: ShortText
    covered: Covered
    quote: ShortText | None
    turn_seq: int | None
    misconception: str | None


class PointVerdicts(_Shape):
    points: list[PointVerdict]

    @model_validator(mode="after")
    def _each_point_once(self, info: ValidationInfo) -> "PointVerdicts":
        wanted: list[str] = sorted((info.context or {}).get("point_id", []))
        if sorted(verdict.point_id for verdict in self.points) != wanted:
            raise ValueError(f"points must hold each of these ids once and no other: {', '.join(wanted)}")
        return self


class Quote(_Shape):
    quote: ShortText
    turn_seq: int


class CategoryVerdict(_Shape):
    reason: ShortText
    evidence: list[Quote]
    level: Literal[1, 2, 3, 4, 5] | None


class StrengthWords(_Shape):
    finding_ids: list[str]
    text: ShortText


class AreaWords(_Shape):
    finding_ids: list[str]
    text: ShortText
    suggestion: ShortText


class StrongerAnswerWords(_Shape):
    question_id: str
    finding_ids: list[str]
    text: LongText


class FinalWords(_Shape):
    finding_ids: list[str]
    text: LongText


class ReportWords(_Shape):
    strengths: list[StrengthWords]
    areas: list[AreaWords]
    stronger_answers: list[StrongerAnswerWords]
    final_assessment: FinalWords
