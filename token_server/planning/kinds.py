"""The kinds of a plan's questions, which its interview type decides."""

from collections import Counter
from collections.abc import Iterable

from storage.models.interview import InterviewParameters, QuestionKind


def planned_kinds(parameters: InterviewParameters) -> list[QuestionKind]:
    """In the plan's order."""
    count = parameters.question_count
    if parameters.interview_type != "mixed":
        return [parameters.interview_type] * count
    # Alternating; of an odd number the greater part is technical.
    pair: tuple[QuestionKind, QuestionKind] = ("technical", "behavioral") if count % 2 else ("behavioral", "technical")
    return [pair[index % 2] for index in range(count)]


def kinds_after(parameters: InterviewParameters, first: Iterable[QuestionKind]) -> list[QuestionKind]:
    """What is left of the plan's kinds when its first places are taken: alternating as far as it goes."""
    taken = Counter(first)
    if not taken:
        return planned_kinds(parameters)
    left = Counter(planned_kinds(parameters))
    left.subtract(taken)
    kinds: list[QuestionKind] = []
    while (kind := max(left, key=lambda kind: (left[kind], kind not in kinds[-1:]))) and left[kind] > 0:
        left[kind] -= 1
        kinds.append(kind)
    return kinds
