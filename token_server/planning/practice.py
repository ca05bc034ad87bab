"""The first questions of an interview that practises something: about what an earlier report advised to work on.

They come from the bank, which alone knows what its questions are about. A model writes among the rest.
"""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import product

from prompts.question_bank import BankQuestion, QuestionBank
from storage.models.interview import InterviewParameters, PracticeArea, QuestionReason
from token_server.planning.advice import AdviceNearness
from token_server.planning.faults import asks_the_same
from token_server.planning.fit import Wish
from token_server.planning.kinds import planned_kinds
from token_server.planning.material import Material
from token_server.planning.subjects import INTRODUCTION, Subject, questions_about, subjects_of
from token_server.planning.written import PlanQuestion

MOST_OF_AN_AREA = 2
SHARE_OF_THE_INTERVIEW = 0.6
"""At most, and one question for each area at least: the rest shows how the interview goes otherwise."""
COST_OF_OTHER_SUBJECT = 4.0
"""Of a question on the technology of the area under another topic."""
COST_OF_OTHER_TECHNOLOGY = 2.0
GAIN_OF_NEARNESS = 4.0
CHANCE = 1.0


def practice_questions(
    bank: QuestionBank,
    parameters: InterviewParameters,
    material: Material,
    *,
    used: Sequence[str] = (),
    used_texts: Sequence[str] = (),
    chance: random.Random | None = None,
) -> list[PlanQuestion]:
    """One about each area in turn, then another: of the kinds that the interview has. None without areas to practise.

    Args:
        used: question ids asked before, oldest first. Where nothing fresh fits, the area's own come again.
        used_texts: of those that aren't the bank's.
    """
    areas = [found for area in parameters.focus if (found := _Area(area, bank)).subjects]
    draw = _PracticeDraw(bank, Wish(parameters, material), used, used_texts, chance or random.Random())
    places = Counter(planned_kinds(parameters))
    most = max(len(areas), round(SHARE_OF_THE_INTERVIEW * parameters.question_count))
    chosen: list[PlanQuestion] = []
    for turn, area in product(range(MOST_OF_AN_AREA), areas):
        subjects = [subject for subject in area.from_turn(turn) if places[subject.kind]]
        question = next((found for subject in subjects if (found := draw.next(area, subject))), None)
        if question is not None and len(chosen) < most:
            places[question.kind] -= 1
            chosen.append(question)
    return chosen


def practised_subjects(questions: Sequence[BankQuestion]) -> Sequence[Subject]:
    """What an interview asks about for an area that was found in these questions."""
    subjects = [subject for subject in subjects_of(questions) if subject.name != INTRODUCTION]
    return subjects[:MOST_OF_AN_AREA]


class _Area:
    def __init__(self, area: PracticeArea, bank: QuestionBank) -> None:
        questions = questions_about(area, bank)
        self.own_ids = [question.question_id for question in questions]
        self.subjects = practised_subjects(questions)
        self.advice = AdviceNearness([area.text], bank.questions)

    def from_turn(self, turn: int) -> Sequence[Subject]:
        """All of them, beginning with another one in each turn."""
        start = turn % len(self.subjects)
        return [*self.subjects[start:], *self.subjects[:start]]


class _PracticeDraw:
    def __init__(
        self,
        bank: QuestionBank,
        wish: Wish,
        used: Sequence[str],
        used_texts: Sequence[str],
        chance: random.Random,
    ) -> None:
        self._wish = wish
        self._left = list(bank.questions)
        self._used = frozenset(used)
        self._used_texts = used_texts
        self._luck = {question.question_id: chance.uniform(0, CHANCE) for question in bank.questions}

    def next(self, area: _Area, subject: Subject) -> PlanQuestion | None:
        """A fresh one that fits, else one of the area's own again, else another that was asked before."""
        near = [question for question in self._left if subject.is_near(question)]
        fresh = [question for question in near if self._is_fresh(question, area) and self._wish.fit(question).suitable]
        own = [question for question in near if question.question_id in area.own_ids]
        asked = [question for question in near if self._wish.fit(question).suitable]
        candidates = fresh or own or asked
        if not candidates:
            return None
        best = min(candidates, key=lambda question: self._cost(question, area, subject))
        self._left.remove(best)
        return PlanQuestion.of_bank(
            best,
            QuestionReason(because="practice", name=subject.name),
            asked_before=not self._is_fresh(best, area),
        )

    def _is_fresh(self, question: BankQuestion, area: _Area) -> bool:
        return (
            question.question_id not in self._used
            and question.question_id not in area.own_ids
            and not any(asks_the_same(question.text, text) for text in self._used_texts)
        )

    def _cost(self, question: BankQuestion, area: _Area, subject: Subject) -> float:
        cost = self._wish.fit(question).cost + self._luck[question.question_id]
        cost -= GAIN_OF_NEARNESS * area.advice.nearness(question)
        if not subject.is_of(question):
            cost += COST_OF_OTHER_SUBJECT
        if subject.technologies and subject.technologies.isdisjoint(question.technologies):
            cost += COST_OF_OTHER_TECHNOLOGY
        return cost
