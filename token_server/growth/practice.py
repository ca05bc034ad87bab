"""What somebody might practise next: the advice that keeps coming back, in an interview like that it came from."""

from collections.abc import Sequence

from prompts.question_bank import QuestionBank
from storage.models.interview import LONGEST_ADVICE, InterviewType, PracticeArea, QuestionKind
from storage.store import AssessedAttempt
from token_server.planning.practice import practised_subjects
from token_server.planning.subjects import questions_about
from token_server.schemas.growth import Practice, PractisedArea, RecurringArea

MOST_AREAS = 3
KINDS_OF_TYPE: dict[InterviewType, frozenset[QuestionKind]] = {
    "behavioral": frozenset({"behavioral"}),
    "technical": frozenset({"technical"}),
    "mixed": frozenset({"behavioral", "technical"}),
}


def practice_of(
    oldest_first: Sequence[AssessedAttempt], recurring: Sequence[RecurringArea], bank: QuestionBank
) -> Practice | None:
    """What recurs, but for what is over; of somebody in whose reports nothing does, what the newest advises."""
    by_id = {one.attempt_id: one for one in oldest_first}
    found = [(by_id[one.attempts[-1]], one.text) for one in recurring if one.trend != "gone"]
    if not found:
        newest = next((one for one in reversed(oldest_first) if one.areas), None)
        if newest is None:
            return None
        found = [(newest, area.text) for area in newest.areas]
    areas = [_practised(attempt, text, bank) for attempt, text in found[:MOST_AREAS]]
    return Practice(
        interview_id=found[0][0].interview_id,
        interview_type=_type_for(frozenset[QuestionKind]().union(*(KINDS_OF_TYPE[area.kind] for area in areas))),
        recurs=any(one.trend != "gone" for one in recurring),
        areas=areas,
    )


def _practised(attempt: AssessedAttempt, text: str, bank: QuestionBank) -> PractisedArea:
    """As the newest attempt that has it words it and has it from."""
    about = next((area.about for area in attempt.areas if area.text == text), [])
    area = PracticeArea(text=text[:LONGEST_ADVICE], question_ids=[question.question_id for question in about])
    questions = questions_about(area, bank)
    kinds = frozenset[QuestionKind](question.kind for question in (about or questions))
    return PractisedArea(
        **area.model_dump(),
        kind=_type_for(kinds or KINDS_OF_TYPE[attempt.interview_type]),
        subjects=[subject.name for subject in practised_subjects(questions)],
    )


def _type_for(kinds: frozenset[QuestionKind]) -> InterviewType:
    return next(type_ for type_, of_type in KINDS_OF_TYPE.items() if of_type == kinds)
