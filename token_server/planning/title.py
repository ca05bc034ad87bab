"""The title that an interview has until its owner gives it another."""

from storage.models.interview import InterviewParameters


def interview_title(parameters: InterviewParameters) -> str:
    return f"{parameters.role} ({parameters.level}, {parameters.interview_type})"
