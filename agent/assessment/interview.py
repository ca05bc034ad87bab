"""An attempt with all its answers judged: what categories, findings and wording are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.assessment.delivery import Manner, measure_delivery, measure_manner
from agent.assessment.judge import AnswerJudgement
from agent.assessment.scores import has_content
from storage.models.assessment import AssessmentWork
from storage.models.feedback import Delivery
from storage.models.interview import Level, QuestionKind


@dataclass(frozen=True)
class JudgedInterview:
    work: AssessmentWork
    judgements: Sequence[AnswerJudgement]

    @property
    def level(self) -> Level:
        return self.work.plan.parameters.level

    @cached_property
    def judged(self) -> list[AnswerJudgement]:
        return [judgement for judgement in self.judgements if judgement.judged]

    @cached_property
    def with_content(self) -> list[AnswerJudgement]:
        return [judgement for judgement in self.judged if has_content(judgement)]

    def judged_of(self, kind: QuestionKind) -> list[AnswerJudgement]:
        return [judgement for judgement in self.judged if judgement.answer.question.kind == kind]

    def asked_of(self, kind: QuestionKind) -> list[AnswerJudgement]:
        reached = [judgement for judgement in self.judgements if judgement.status != "not_reached"]
        return [judgement for judgement in reached if judgement.answer.question.kind == kind]

    def planned_of(self, kind: QuestionKind) -> int:
        return sum(question.kind == kind for question in self.work.plan.questions)

    @cached_property
    def delivery(self) -> Delivery:
        return measure_delivery(self.work.turns, self.work.attempt.measurements)

    @cached_property
    def manner(self) -> Manner:
        return measure_manner([judgement.answer for judgement in self.with_content], self.work.turns)
