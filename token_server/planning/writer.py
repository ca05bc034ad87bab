"""Questions written by a model: all of a plan at the same time, within one deadline, each with one repair try.

One request for each question: a whole plan in one answer takes a model longer than somebody waits, and one bad question
would spoil it. What isn't there in time or still has faults is left out; the bank fills it.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress

from pydantic import ValidationError

from prompts import load_prompt
from storage.models.interview import InterviewParameters, QuestionKind
from token_server.planning.assignments import Assignment, assign
from token_server.planning.faults import faults_of
from token_server.planning.focus import Focus, competency_focuses, technology_focuses
from token_server.planning.llm import Llm, LlmError, Message, open_llm
from token_server.planning.material import Material, without_contacts
from token_server.planning.written import PlanQuestion, Written, WrittenQuestion, tidied
from token_server.settings import TokenServerSettings

TRIES = 2
"""The first and the repair."""
MOST_FAULTS_NAMED = 12
MOST_ANSWER_CHARACTERS = 20_000
"""A question with its key has about 2500."""
MOST_JOB_DESCRIPTION_CHARACTERS = 8000
"""About 2000 tokens, paid once for each question. What a job is stands in the beginning of its description."""
MOST_RESUME_CHARACTERS = 6000
MOST_ASKED = 40
"""Earlier questions that the model is told of, the newest. Code compares with all."""


class PlanWriter:
    def __init__(self, llm: Llm, *, deadline_sec: float) -> None:
        self._llm = llm
        self._deadline_sec = deadline_sec

    async def write(
        self,
        parameters: InterviewParameters,
        material: Material,
        *,
        kinds: Sequence[QuestionKind],
        asked: Sequence[str] = (),
        chance: random.Random | None = None,
    ) -> Written:
        """Those questions that can be asked, after the deadline at the latest. Never raises for what the model does.

        Args:
            kinds: of the questions that are to be written, in the plan's order.
            asked: texts of questions that this interview has asked before, or begins with, oldest first.
        """
        technologies = technology_focuses(parameters, material)
        competencies = competency_focuses(material)
        assignments = assign(parameters, kinds, technologies, competencies, chance or random.Random())
        writing = _Writing(self._llm, parameters, material, technologies, asked)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._deadline_sec), asyncio.TaskGroup() as group:
                for assignment in assignments:
                    group.create_task(writing.write(assignment))
        return writing.result(wanted=len(assignments))


class _Writing:
    """One plan's questions while they are written."""

    def __init__(
        self,
        llm: Llm,
        parameters: InterviewParameters,
        material: Material,
        technologies: Sequence[Focus],
        asked: Sequence[str],
    ) -> None:
        self._llm = llm
        self._parameters = parameters
        self._resume = without_contacts(material.resume_text)[:MOST_RESUME_CHARACTERS]
        self._technologies = technologies
        self._asked = asked
        self._questions: list[PlanQuestion] = []
        self._faults = 0
        self._failures: Counter[str] = Counter()

    async def write(self, assignment: Assignment) -> None:
        messages: list[Message] = [{"role": "user", "content": self._prompt(assignment)}]
        for _ in range(TRIES):
            try:
                answer = await self._llm.complete(messages, WrittenQuestion)
            except LlmError as error:
                self._failures[str(error)] += 1
                return
            faults = self._take(answer, assignment)
            if not faults:
                return
            self._faults += len(faults)
            repair = load_prompt("plan_repair", faults="\n".join(faults[:MOST_FAULTS_NAMED]))
            messages.append({"role": "assistant", "content": answer[:MOST_ANSWER_CHARACTERS]})
            messages.append({"role": "user", "content": repair})
        self._failures["faulty"] += 1

    def result(self, *, wanted: int) -> Written:
        failures = dict(self._failures)
        if late := wanted - len(self._questions) - sum(failures.values()):
            failures["late"] = late
        return Written(self._llm.model, tuple(self._questions), self._faults, failures)

    def _take(self, answer: str, assignment: Assignment) -> list[str]:
        """Keeps the question if it can be asked, else says why not. In one step, so that of two alike one is kept."""
        if len(answer) > MOST_ANSWER_CHARACTERS:
            return ["the answer is far too long"]
        try:
            written = tidied(WrittenQuestion.model_validate_json(answer))
        except ValidationError as error:
            return [_malformed(item["loc"], item["msg"]) for item in error.errors(include_input=False)]
        others = [*self._asked, *(question.text for question in self._questions)]
        faults = faults_of(written, kind=assignment.kind, others=others)
        if not faults:
            self._questions.append(PlanQuestion.of_written(written, assignment.competency, assignment.reason))
        return faults

    def _prompt(self, assignment: Assignment) -> str:
        parameters = self._parameters
        technologies = [f"{number}. {focus.name}" for number, focus in enumerate(self._technologies, 1)]
        number = assignment.technology
        return load_prompt(
            "plan_question",
            kind=assignment.kind,
            level=parameters.level,
            subject=assignment.subject,
            # By its number: the name is the candidate's own word and stays inside its fence.
            technology="none in particular" if number is None else f"number {number} of “technologies”",
            role=parameters.role,
            technologies="\n".join(technologies) or "none named",
            job_description=(parameters.job_description or "none")[:MOST_JOB_DESCRIPTION_CHARACTERS],
            resume=self._resume or "none",
            focus="\n".join(area.text for area in parameters.focus) or "none",
            asked="\n".join(self._asked[-MOST_ASKED:]) or "none",
        )


def _malformed(place: Sequence[int | str], what: str) -> str:
    return f"{'.'.join(str(part) for part in place) or 'the answer'}: {what}"


@asynccontextmanager
async def open_plan_writer(settings: TokenServerSettings) -> AsyncGenerator[PlanWriter]:
    async with open_llm(settings) as llm:
        yield PlanWriter(llm, deadline_sec=settings.plan_deadline_sec)
