"""Grading by rule, with templates for the words. Deterministic, and needs no service."""

from agent.assessment.answers import Answer
from agent.assessment.categories import score_categories
from agent.assessment.grading import CategoryGrades, Found, GraderFacts, Wording
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.wording import template_wording
from storage.models.assessment import RUBRIC_VERSION
from storage.models.interview import Level
from storage.models.meaning import packed

TEMPLATES_VERSION = "templates:5"


class OnDeviceGrading:
    """Keeps nothing between attempts: one object serves all."""

    answers_at_once = 1
    """The model holds one thread, and two would share a core."""

    def __init__(self, judge: OnDeviceJudge) -> None:
        self._judge = judge

    async def judge(self, answer: Answer, level: Level) -> AnswerJudgement:
        return await self._judge.judge(answer, level)

    async def score(self, interview: JudgedInterview) -> CategoryGrades:
        return CategoryGrades(score_categories(interview))

    async def word(self, found: Found) -> Wording:
        return template_wording(found, self._meaning)

    def facts(self) -> GraderFacts:
        return GraderFacts("on_device", self._judge.model, RUBRIC_VERSION, TEMPLATES_VERSION, samples=1)

    def _meaning(self, text: str) -> str:
        return packed([float(value) for value in self._judge.embed(text)])
