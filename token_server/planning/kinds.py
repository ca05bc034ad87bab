"""The kinds of a plan's questions, which its interview type decides."""

from storage.models.interview import InterviewParameters, QuestionKind


def planned_kinds(parameters: InterviewParameters) -> list[QuestionKind]:
    """In the plan's order."""
    count = parameters.question_count
    if parameters.interview_type != "mixed":
        return [parameters.interview_type] * count
    # Alternating; of an odd number the greater part is technical.
    pair: tuple[QuestionKind, QuestionKind] = ("technical", "behavioral") if count % 2 else ("behavioral", "technical")
    return [pair[index % 2] for index in range(count)]
