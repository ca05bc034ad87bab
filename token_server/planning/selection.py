"""The questions of a plan: those that a model has written, and for every other place one drawn from the bank."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from prompts.question_bank import BankQuestion, QuestionBank
from storage.models.interview import InterviewParameters, PlanDraft, QuestionKind
from token_server.planning.faults import asks_the_same
from token_server.planning.fit import Wish
from token_server.planning.kinds import planned_kinds
from token_server.planning.written import PlanQuestion, Written

COST_OF_SAME_SUBJECT = 3.0
"""Per question on the same topic or competency: breadth before depth."""
COST_OF_SAME_TECHNOLOGY = 1.5
CHANCE = 2.0
"""Cost that chance adds at most, so that two interviews of the same kind aren't the same interview."""


class BankTooSmallError(Exception):
    """The bank has fewer questions than were asked for."""


def draft_plan(
    bank: QuestionBank,
    parameters: InterviewParameters,
    *,
    used: Sequence[str] = (),
    used_texts: Sequence[str] = (),
    written: Written | None = None,
    chance: random.Random | None = None,
) -> PlanDraft:
    """Exactly `question_count` different questions, nearest to the parameters first, spread over subjects.

    Args:
        used: question ids asked before, oldest first. They come only when nothing else suits, the oldest first.
        used_texts: of those that aren't the bank's: what asks the same comes last of all.
        written: questions of a model; each takes the place of one of its kind.
        chance: pass a seeded one for a plan that can be drawn again.

    Raises:
        BankTooSmallError
    """
    left: list[PlanQuestion] = [] if written is None else list(written.questions)
    draw = _Draw(bank, parameters, used, used_texts, left, chance or random.Random())
    chosen = _in_order([_taken(left, kind) or draw.next(kind) for kind in planned_kinds(parameters)])
    by_model = written is not None and len(left) < len(written.questions)
    return PlanDraft(
        questions=[question.planned(index) for index, question in enumerate(chosen)],
        keys=[question.key for question in chosen],
        source=f"llm:{written.model}+bank:{bank.version}" if written and by_model else f"bank:{bank.version}",
    )


class _Draw:
    def __init__(
        self,
        bank: QuestionBank,
        parameters: InterviewParameters,
        used: Sequence[str],
        used_texts: Sequence[str],
        written: Sequence[PlanQuestion],
        chance: random.Random,
    ) -> None:
        self._wish = Wish(parameters)
        self._left = list(bank.questions)
        self._age_of_use = {question_id: age for age, question_id in enumerate(used)}
        self._luck = {question.question_id: chance.uniform(0, CHANCE) for question in bank.questions}
        self._subjects: Counter[str] = Counter(
            question.key.competency for question in written if question.key.competency
        )
        self._technologies: Counter[str] = Counter()
        others = [*used_texts, *(question.text for question in written)]
        self._asked_otherwise = {
            question.question_id
            for question in bank.questions
            if any(asks_the_same(question.text, other) for other in others)
        }

    def next(self, kind: QuestionKind) -> PlanQuestion:
        if not self._left:
            raise BankTooSmallError
        best = min(self._left, key=lambda question: self._rank(question, kind))
        self._left.remove(best)
        self._subjects[_subject(best)] += 1
        self._technologies.update(best.technologies)
        return PlanQuestion.of_bank(best)

    def _rank(self, question: BankQuestion, kind: QuestionKind) -> tuple[int, int, float]:
        """Unused before used, oldest use first; a suitable question of the other kind before an unsuitable one."""
        fit = self._wish.fit(question)
        age_of_use = self._age_of_use.get(question.question_id)
        if question.question_id in self._asked_otherwise:
            tier = 6
        elif fit.suitable and question.kind == kind:
            tier = 0 if age_of_use is None else 1
        elif fit.suitable:
            tier = 2 if age_of_use is None else 3
        else:
            tier = 4 if question.kind == kind else 5
        cost = fit.cost + self._luck[question.question_id]
        cost += COST_OF_SAME_SUBJECT * self._subjects[_subject(question)]
        cost += COST_OF_SAME_TECHNOLOGY * sum(self._technologies[name] for name in self._wish.named_in(question))
        return tier, age_of_use if age_of_use is not None else 0, cost


def _taken(left: list[PlanQuestion], kind: QuestionKind) -> PlanQuestion | None:
    question = next((question for question in left if question.kind == kind), None)
    if question is not None:
        left.remove(question)
    return question


def _in_order(chosen: Iterable[PlanQuestion]) -> list[PlanQuestion]:
    """As drawn, but somebody is asked to introduce themselves at the beginning or not at all."""
    return sorted(chosen, key=lambda question: question.key.competency != "introduction")


def _subject(question: BankQuestion) -> str:
    return question.competency or question.topic or question.kind
