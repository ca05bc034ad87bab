"""Questions, answers and points as lines of a prompt.

One line for each turn, with its number in brackets: line breaks inside become spaces, so that nothing a candidate says
or types can pretend to be another line. Angle brackets are replaced where the prompt fences a value (prompts/).
"""

from collections.abc import Sequence

from agent.assessment.answers import Answer
from storage.models.interview import ExpectedPoint, Misconception

NOTHING = "none"


def one_line(text: str) -> str:
    return " ".join(text.split())


def answer_lines(answer: Answer) -> str:
    """What was said to a question, in its order, follow-ups and hints between."""
    said = [(s.turn.started_ms, s.turn.seq, f"[{s.turn.seq}] {one_line(s.turn.text)}") for s in answer.turns]
    asked = [
        (
            turn.started_ms,
            turn.seq,
            f"interviewer ({(turn.act or 'question').replace('_', ' ')}): {one_line(turn.text)}",
        )
        for turn in answer.around
    ]
    return "\n".join(line for _, _, line in sorted(said + asked))


def interview_lines(answers: Sequence[Answer]) -> str:
    """All answers that count, each behind its question."""
    return "\n".join(
        f"question {answer.question.index + 1} ({answer.question.kind}): {one_line(answer.question.text)}\n"
        f"{answer_lines(answer)}"
        for answer in answers
    )


def point_lines(points: Sequence[ExpectedPoint]) -> str:
    return "\n".join(f"{point.point_id}: {one_line(point.claim)}" for point in points)


def misconception_lines(misconceptions: Sequence[Misconception]) -> str:
    return "\n".join(_misconception_line(number, wrong) for number, wrong in enumerate(misconceptions)) or NOTHING


def _misconception_line(number: int, wrong: Misconception) -> str:
    against = f" (against {wrong.contradicts})" if wrong.contradicts else ""
    return f"{misconception_id(number)}{against}: {one_line(wrong.claim)}"


def misconception_id(number: int) -> str:
    return f"misconception-{number + 1}"
