"""One attempt as Markdown: the report, and what was said. Things have the names that they have on the page."""

from collections.abc import Iterable, Mapping, Sequence

from storage.models.attempt import Attempt
from storage.models.feedback import Category, Evidence, Feedback, QuestionFeedback
from storage.models.interview import Plan
from storage.models.transcript import Turn, in_parts, joined

SPEAKERS = {"interviewer": "Interviewer", "candidate": "You"}
CATEGORY_NAMES: Mapping[Category, str] = {
    "communication": "Communication",
    "technical_knowledge": "Technical knowledge",
    "problem_solving": "Problem solving",
    "cultural_fit": "Working with others",
    "confidence": "Confidence",
}
STATUSES = {
    "answered": "Answered",
    "partial": "Broken off",
    "declined": "Not answered",
    "not_reached": "Not reached",
}
COVERED = {"yes": "Heard", "partly": "Partly heard", "no": "Not heard"}


def readable_attempt(
    title: str,
    plan: Plan,
    attempt: Attempt,
    turns: Sequence[Turn],
    corrected_texts: Mapping[int, str],
    feedback: Feedback | None,
) -> str:
    """`corrected_texts` by `seq`; `feedback` is the newest, if there is any."""
    asked = plan.parameters
    facts = [asked.role, asked.interview_type, asked.level, *asked.technologies]
    began = attempt.started_at or attempt.created_at
    parts = [
        f"# {_line(title)}: attempt {attempt.number}",
        f"{began:%Y-%m-%d %H:%M} UTC · {_line(' · '.join(facts))}",
        *(_report(feedback) if feedback is not None else ["There is no report of this attempt."]),
        "## Transcript",
        *(_transcript(turns, corrected_texts) or ["Nothing was said."]),
    ]
    return "\n\n".join(parts) + "\n"


def _report(feedback: Feedback) -> Iterable[str]:
    yield "## Report"
    yield f"Overall: {_score(feedback.overall_score)}"
    yield _line(feedback.final_assessment)
    yield "### By category"
    for category in feedback.categories:
        yield f"**{CATEGORY_NAMES[category.category]}**: {_score(category.score)}. {_line(category.comment)}"
        yield from _quotes(category.evidence)
    if feedback.strengths:
        yield "### What worked"
    for strength in feedback.strengths:
        yield f"- {_line(strength.text)}"
        yield from _quotes(strength.evidence)
    if feedback.areas_for_improvement:
        yield "### What to work on"
    for area in feedback.areas_for_improvement:
        yield f"- {_line(area.text)} Try: {_line(area.suggestion)}"
        yield from _quotes(area.evidence)
    yield "### Question by question"
    for question in feedback.questions:
        yield from _question(question)


def _question(question: QuestionFeedback) -> Iterable[str]:
    yield f"**{question.index + 1}. {_line(question.text)}**"
    yield f"{STATUSES[question.status]}, {_score(question.score)}. {_line(question.comment)}"
    if question.expected_points:
        yield "\n".join(
            f"- {_line(point.point)}: {COVERED[point.covered].lower()}" for point in question.expected_points
        )
    if question.stronger_answer:
        yield f"Example of a stronger answer: {_line(question.stronger_answer)}"


def _transcript(turns: Sequence[Turn], corrected_texts: Mapping[int, str]) -> list[str]:
    """As it was meant: a correction stands in the place of what was recognised, which follows it."""
    lines: list[str] = []
    for parts in in_parts(turns):
        [whole] = joined(parts)
        said = " ".join(corrected_texts.get(part.seq, part.text) for part in parts)
        line = f"[{_clock(whole.started_ms)}] **{SPEAKERS[whole.speaker]}**: {_line(said)}"
        if any(part.seq in corrected_texts for part in parts):
            line += f" *(corrected; recognised as: {_line(whole.text)})*"
        lines.append(line)
    return lines


def _quotes(evidence: Sequence[Evidence]) -> Iterable[str]:
    for item in evidence:
        yield f"> “{_line(item.quote)}” [{_clock(item.started_ms)}]"


def _score(score: int | None) -> str:
    return "not enough evidence" if score is None else f"{score} of 100"


def _clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def _line(text: str) -> str:
    """One line of plain text: what somebody said or pasted must not become markup in whatever shows the file."""
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
