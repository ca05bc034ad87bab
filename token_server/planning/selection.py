"""The questions of a plan: those that a model has written, and for every other place one drawn from the bank."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from prompts.question_bank import BankQuestion, QuestionBank
from storage.models.interview import InterviewParameters, PlanDraft, QuestionKind, QuestionReason
from token_server.planning.advice import AdviceNearness
from token_server.planning.faults import asks_the_same
from token_server.planning.fit import Wish
from token_server.planning.focus import Focus, competency_focuses, in_turn, technology_focuses
from token_server.planning.kinds import kinds_after
from token_server.planning.material import Material
from token_server.planning.subjects import INTRODUCTION
from token_server.planning.written import PlanQuestion, Written

COST_OF_SAME_SUBJECT = 3.0
"""Per question on the same topic or competency: breadth before depth."""
COST_OF_SAME_TECHNOLOGY = 1.5
GAIN_OF_FOCUS = 8.0
"""At most, for a question that is about what is to be practised: more than a step of level, a subject asked before and
chance cost, so that what came up comes up again."""
CHANCE = 2.0
"""Cost that chance adds at most, so that two interviews of the same kind aren't the same interview."""


class BankTooSmallError(Exception):
    """The bank has fewer questions than were asked for."""


def draft_plan(
    bank: QuestionBank,
    parameters: InterviewParameters,
    *,
    material: Material | None = None,
    used: Sequence[str] = (),
    used_texts: Sequence[str] = (),
    written: Written | None = None,
    first: Sequence[PlanQuestion] = (),
    chance: random.Random | None = None,
) -> PlanDraft:
    """Exactly `question_count` different questions, nearest to the parameters first, spread over subjects.

    Args:
        material: what the candidate's documents name.
        used: question ids asked before, oldest first. They come only when nothing else suits, the oldest first.
        used_texts: of those that aren't the bank's: what asks the same comes last of all.
        written: questions of a model; each takes the place of one of its kind.
        first: questions that the plan begins with. The rest is as if nothing was to be practised.
        chance: pass a seeded one for a plan that can be drawn again.

    Raises:
        BankTooSmallError
    """
    left: list[PlanQuestion] = [] if written is None else list(written.questions)
    material = material or Material.of(parameters, None)
    kinds = kinds_after(parameters, [question.kind for question in first])
    turns = _Turns(parameters, material, kinds, left)
    draw = _Draw(bank, parameters, material, used, used_texts, left, first, chance or random.Random())
    rest = _in_order([_taken(left, kind) or draw.next(kind, turns.next(kind)) for kind in kinds])
    chosen = [*first, *rest]
    by_model = written is not None and len(left) < len(written.questions)
    return PlanDraft(
        questions=[question.planned(index) for index, question in enumerate(chosen)],
        keys=[question.key for question in chosen],
        source=f"llm:{written.model}+bank:{bank.version}" if written and by_model else f"bank:{bank.version}",
    )


class _Turns:
    """What the questions are to be about, in turn, where documents name something; what a model has written about
    already is left out."""

    def __init__(
        self,
        parameters: InterviewParameters,
        material: Material,
        kinds: Sequence[QuestionKind],
        written: Sequence[PlanQuestion],
    ) -> None:
        technologies = technology_focuses(parameters, material) if material.technologies else []
        self._left: dict[QuestionKind, list[Focus]] = {
            "technical": in_turn(technologies, kinds.count("technical")),
            "behavioral": in_turn(competency_focuses(material), kinds.count("behavioral")),
        }
        for question in written:
            turns = self._left[question.kind]
            if (done := next((focus for focus in turns if focus.reason == question.reason), None)) is not None:
                turns.remove(done)

    def next(self, kind: QuestionKind) -> Focus | None:
        turns = self._left[kind]
        return turns.pop(0) if turns else None


class _Draw:
    def __init__(
        self,
        bank: QuestionBank,
        parameters: InterviewParameters,
        material: Material,
        used: Sequence[str],
        used_texts: Sequence[str],
        written: Sequence[PlanQuestion],
        first: Sequence[PlanQuestion],
        chance: random.Random,
    ) -> None:
        self._wish = Wish(parameters, material)
        self._material = material
        self._advice = AdviceNearness([] if first else [area.text for area in parameters.focus], bank.questions)
        self._left = _left_after(first, bank)
        self._age_of_use = {question_id: age for age, question_id in enumerate(used)}
        self._luck = {question.question_id: chance.uniform(0, CHANCE) for question in bank.questions}
        begun = [bank.question(question.key.question_id) for question in first]
        self._subjects: Counter[str] = Counter(
            [question.key.competency for question in written if question.key.competency]
            + [_subject(question) for question in begun]
        )
        self._technologies: Counter[str] = Counter(name for question in begun for name in question.technologies)
        self._asked_otherwise = _asking_the_same(bank, used_texts)
        self._written_otherwise = _asking_the_same(bank, [question.text for question in written])

    def next(self, kind: QuestionKind, focus: Focus | None) -> PlanQuestion:
        if not self._left:
            raise BankTooSmallError
        best = min(self._left, key=lambda question: self._rank(question, kind, focus))
        self._left.remove(best)
        self._subjects[_subject(best)] += 1
        self._technologies.update(best.technologies)
        return PlanQuestion.of_bank(best, self._reason(best, focus), asked_before=self._was_asked(best))

    def _was_asked(self, question: BankQuestion) -> bool:
        return question.question_id in self._age_of_use or question.question_id in self._asked_otherwise

    def _reason(self, question: BankQuestion, focus: Focus | None) -> QuestionReason | None:
        if focus is not None and _is_about(question, focus):
            return focus.reason
        names = (*question.technologies, question.competency or "")
        return next((reason for name in names if (reason := self._material.reason_for(name)) is not None), None)

    def _rank(self, question: BankQuestion, kind: QuestionKind, focus: Focus | None) -> tuple[int, int, bool, float]:
        """Unused before used, oldest use first; a suitable question of the other kind before an unsuitable one. Among
        those, one about what the place is for."""
        fit = self._wish.fit(question)
        age_of_use = self._age_of_use.get(question.question_id)
        if question.question_id in self._asked_otherwise or question.question_id in self._written_otherwise:
            tier = 6
        elif fit.suitable and question.kind == kind:
            tier = 0 if age_of_use is None else 1
        elif fit.suitable:
            tier = 2 if age_of_use is None else 3
        else:
            tier = 4 if question.kind == kind else 5
        cost = fit.cost + self._luck[question.question_id] - GAIN_OF_FOCUS * self._advice.nearness(question)
        cost += COST_OF_SAME_SUBJECT * self._subjects[_subject(question)]
        cost += COST_OF_SAME_TECHNOLOGY * sum(self._technologies[name] for name in self._wish.named_in(question))
        is_off_focus = focus is not None and not _is_about(question, focus)
        return tier, age_of_use if age_of_use is not None else 0, is_off_focus, cost


def _left_after(first: Sequence[PlanQuestion], bank: QuestionBank) -> list[BankQuestion]:
    """Nobody is asked to introduce themselves in the middle."""
    if not first:
        return list(bank.questions)
    ids = {question.key.question_id for question in first}
    return [
        question
        for question in bank.questions
        if question.question_id not in ids and question.competency != INTRODUCTION
    ]


def _is_about(question: BankQuestion, focus: Focus) -> bool:
    """A technology that the bank doesn't know leaves the choice open."""
    return focus.bank_id is None or focus.bank_id in question.technologies or focus.bank_id == question.competency


def _asking_the_same(bank: QuestionBank, texts: Sequence[str]) -> frozenset[str]:
    return frozenset(
        question.question_id for question in bank.questions if any(asks_the_same(question.text, text) for text in texts)
    )


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
