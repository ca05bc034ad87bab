"""Drawing the questions of a plan from the bank."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from prompts.question_bank import BankQuestion, QuestionBank
from storage.models.interview import InterviewParameters, PlanDraft, QuestionKind
from token_server.planning.fit import Wish

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
    chance: random.Random | None = None,
) -> PlanDraft:
    """Exactly `question_count` different questions, nearest to the parameters first, spread over subjects.

    Args:
        used: question ids asked before, oldest first. They come only when nothing else suits, the oldest first.
        chance: pass a seeded one for a plan that can be drawn again.

    Raises:
        BankTooSmallError
    """
    draw = _Draw(bank, parameters, used, chance or random.Random())
    chosen = _in_order([draw.next(kind) for kind in _kinds(parameters)])
    return PlanDraft(
        questions=[bank.planned(question.question_id, index) for index, question in enumerate(chosen)],
        keys=[bank.key(question.question_id) for question in chosen],
        source=f"bank:{bank.version}",
    )


class _Draw:
    def __init__(
        self, bank: QuestionBank, parameters: InterviewParameters, used: Sequence[str], chance: random.Random
    ) -> None:
        self._wish = Wish(parameters)
        self._left = list(bank.questions)
        self._age_of_use = {question_id: age for age, question_id in enumerate(used)}
        self._luck = {question.question_id: chance.uniform(0, CHANCE) for question in bank.questions}
        self._subjects: Counter[str] = Counter()
        self._technologies: Counter[str] = Counter()

    def next(self, kind: QuestionKind) -> BankQuestion:
        if not self._left:
            raise BankTooSmallError
        best = min(self._left, key=lambda question: self._rank(question, kind))
        self._left.remove(best)
        self._subjects[_subject(best)] += 1
        self._technologies.update(best.technologies)
        return best

    def _rank(self, question: BankQuestion, kind: QuestionKind) -> tuple[int, int, float]:
        """Unused before used, oldest use first; a suitable question of the other kind before an unsuitable one."""
        fit = self._wish.fit(question)
        age_of_use = self._age_of_use.get(question.question_id)
        if fit.suitable and question.kind == kind:
            tier = 0 if age_of_use is None else 1
        elif fit.suitable:
            tier = 2 if age_of_use is None else 3
        else:
            tier = 4 if question.kind == kind else 5
        cost = fit.cost + self._luck[question.question_id]
        cost += COST_OF_SAME_SUBJECT * self._subjects[_subject(question)]
        cost += COST_OF_SAME_TECHNOLOGY * sum(self._technologies[name] for name in self._wish.named_in(question))
        return tier, age_of_use if age_of_use is not None else 0, cost


def _kinds(parameters: InterviewParameters) -> list[QuestionKind]:
    count = parameters.question_count
    if parameters.interview_type != "mixed":
        return [parameters.interview_type] * count
    # Alternating; of an odd number the greater part is technical.
    pair: tuple[QuestionKind, QuestionKind] = ("technical", "behavioral") if count % 2 else ("behavioral", "technical")
    return [pair[index % 2] for index in range(count)]


def _in_order(chosen: Iterable[BankQuestion]) -> list[BankQuestion]:
    """As drawn, but somebody is asked to introduce themselves at the beginning or not at all."""
    return sorted(chosen, key=lambda question: question.competency != "introduction")


def _subject(question: BankQuestion) -> str:
    return question.competency or question.topic or question.kind
