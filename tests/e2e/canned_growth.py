"""Several attempts over some months, as comparison and progress are made from them by the real code."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.async_api import Request

from storage.models.feedback import CATEGORIES, AboutQuestion, AreaForImprovement, Category, Feedback, PointCoverage
from storage.models.interview import QuestionKind
from storage.store import AssessedAttempt
from tests.e2e.canned_api import CannedApi
from tests.e2e.canned_report import ATTEMPT, INTERVIEW, INTERVIEW_DETAIL, STARTED, feedback
from tests.support.samples import assessed_attempt, delivery, grader
from token_server.growth.comparison import compare
from token_server.growth.progress import progress_of
from token_server.schemas.growth import Comparison
from token_server.schemas.interviews import AttemptOfInterview, InterviewDetail, InterviewItem

FIRST, SECOND, BY_MODEL = "6f1c0d1e-0000-4000-8000-00000000000a", ATTEMPT, "6f1c0d1e-0000-4000-8000-00000000000c"
NUMBERS = {FIRST: 1, SECOND: 2, BY_MODEL: 3}
OVERALL = {FIRST: 52, SECOND: 64, BY_MODEL: 61}
COVERED_AT_FIRST = ("yes", "no", "no", "yes", "yes")
CATEGORIES_AT_FIRST: dict[Category, int | None] = {
    "communication": 66,
    "technical_knowledge": 58,
    "problem_solving": 55,
    "cultural_fit": None,
    "confidence": 51,
}
NUMBER = "We didn't hear a number in your story."
LONG_WAY = "Some answers took a long way to what was asked."
HEDGES = "You took many statements half back with “maybe” and “I think”."
SUGGESTIONS = {
    NUMBER: "Give one number: how many people, how long, how much faster or cheaper.",
    LONG_WAY: "Say the answer in your first sentence, then explain it.",
    HEDGES: "Say it once without a hedge, then say what it depends on.",
}
ABOUT: dict[str, tuple[str, QuestionKind]] = {
    NUMBER: ("teamwork-different-people", "behavioral"),
    HEDGES: ("sql-index-cost", "technical"),
}
HISTORY: tuple[tuple[str, str, str | None, int | None, tuple[int | None, ...], tuple[str, ...]], ...] = (
    ("Backend engineer", "mixed", "llm", 68, (70, 66, 72, 64, 70), (LONG_WAY,)),
    ("Backend engineer", "mixed", None, 41, (52, 38, 40, None, 48), (NUMBER, LONG_WAY)),
    (
        "Platform engineer (Kubernetes, Terraform, observability)",
        "technical",
        None,
        49,
        (55, 47, 46, None, 44),
        (NUMBER,),
    ),
    ("Backend engineer", "mixed", None, 52, (50, 58, 55, 61, 51), (HEDGES, LONG_WAY)),
    ("Backend engineer", "behavioral", None, None, (58, None, None, 55, 46), (HEDGES,)),
    ("Backend engineer", "mixed", None, 64, (54, 78, 55, 66, 38), (HEDGES,)),
    ("Backend engineer", "mixed", None, 66, (57, 80, 60, 68, 43), (HEDGES, NUMBER)),
)
"""Role, type, judge (None: on the device), overall score, scores of the categories in their order, areas."""
PACES = (198.0, 92.0, 118.0, 131.0, 204.0, 152.0, None)


class CannedGrowth(CannedApi):
    """Answers for an interview with `attempts` of the three reports, and a history of `assessed` attempts."""

    def __init__(self, *, attempts: int = 3, assessed: int = len(HISTORY)) -> None:
        super().__init__("on_device")
        self.reports = list(NUMBERS)[:attempts]
        self.assessed_attempts = assessed
        self.made: list[Any] = []
        """What interviews were to be made of."""
        self.refused: tuple[int, str] | None = None
        """Status and code of what comparison and progress are refused with."""

    def _body(self, request: Request, path: str) -> tuple[int, Any]:
        if self.refused and path.endswith(("/comparison", "/progress")):
            status, code = self.refused
            return status, {"title": code, "status": status, "code": code}
        match path.removeprefix("/api/"):
            case "interviews" if request.method == "POST":
                self.made.append(request.post_data_json)
                return 201, self._interview().model_dump(mode="json")
            case "interviews":
                item = InterviewItem.model_validate(
                    self._interview().model_dump(include=set(InterviewItem.model_fields))
                )
                return 200, {"items": [item.model_dump(mode="json")], "next_cursor": None}
            case "interviews/technologies":
                return 200, {"items": INTERVIEW_DETAIL.technologies}
            case name if name == f"interviews/{INTERVIEW}":
                return 200, self._interview().model_dump(mode="json")
            case name if name == f"interviews/{INTERVIEW}/comparison":
                return self._comparison(request)
            case "progress":
                return 200, progress_of(history(self.assessed_attempts)).model_dump(mode="json", by_alias=True)
            case _:
                return super()._body(request, path)

    def _interview(self) -> InterviewDetail:
        attempts = [
            AttemptOfInterview(
                id=attempt,
                number=NUMBERS[attempt],
                status="ended",
                created_at=_ended(attempt),
                started_at=_ended(attempt),
                ended_at=_ended(attempt),
                end_reason="completed",
                overall_score=OVERALL[attempt],
                assessment_status="done",
            )
            for attempt in reversed(self.reports)
        ]
        return INTERVIEW_DETAIL.model_copy(update={"attempts": attempts})

    def _comparison(self, request: Request) -> tuple[int, Any]:
        asked = parse_qs(urlsplit(request.url).query)
        if len(self.reports) < 2:
            return 409, {"title": "", "status": 409, "code": "not_comparable"}
        before = asked.get("from", self.reports[-2:])[0]
        after = asked.get("to", self.reports[-1:])[0]
        return 200, comparison(before, after).model_dump(mode="json", by_alias=True)


class ScoredOnce(CannedGrowth):
    """Two attempts within an hour, in the second of which too little was said to judge it."""

    def __init__(self) -> None:
        super().__init__(attempts=2)

    def _body(self, request: Request, path: str) -> tuple[int, Any]:
        if path != "/api/progress":
            return super()._body(request, path)
        second, first = history(2)
        second = replace(
            second,
            overall_score=None,
            scores=dict.fromkeys(CATEGORIES),
            ended_at=first.ended_at + timedelta(minutes=50),
        )
        return 200, progress_of([second, first]).model_dump(mode="json", by_alias=True)

    def _comparison(self, request: Request) -> tuple[int, Any]:
        report = _report(SECOND)
        unscored = [
            category.model_copy(update={"score": None, "status": "insufficient_evidence", "evidence": []})
            for category in report.categories
        ]
        after = report.model_copy(update={"overall_score": None, "categories": unscored})
        compared = compare(_assessed(FIRST), _report(FIRST), _assessed(SECOND), after)
        return 200, compared.model_dump(mode="json", by_alias=True)


def comparison(before: str, after: str) -> Comparison:
    return compare(_assessed(before), _report(before), _assessed(after), _report(after))


def history(count: int) -> list[AssessedAttempt]:
    """Newest first; a fortnight between two. More than are told begin again."""
    told = islice(cycle(HISTORY), max(count, len(HISTORY)))
    attempts = [
        assessed_attempt(
            number,
            attempt_id=SECOND if number == 6 else f"attempt-{number}",
            interview_id=INTERVIEW,
            title=f"{role} (mid, {interview_type})",
            ended_at=STARTED + timedelta(days=14 * number),
            interview_type=interview_type,
            overall_score=overall,
            scores=dict(zip(CATEGORIES, scores, strict=True)),
            areas=[_area(text) for text in areas],
            delivery=delivery(
                words_per_minute=PACES[number % len(PACES)],
                filler_words_per_minute=None if judge is None else 6.5,
                longest_pause_sec=5.4 - 0.5 * (number % len(PACES)),
            ),
            grader=grader(kind=judge or "on_device"),
        )
        for number, (role, interview_type, judge, overall, scores, areas) in enumerate(told, start=1)
    ]
    return attempts[::-1][:count]


def _area(text: str) -> AreaForImprovement:
    about = [AboutQuestion(question_id=id_, kind=kind) for id_, kind in (ABOUT[text],)] if text in ABOUT else []
    return AreaForImprovement(text=text, suggestion=SUGGESTIONS[text], about=about)


def _ended(attempt: str) -> datetime:
    return STARTED + timedelta(days=NUMBERS[attempt] * 9)


def _assessed(attempt: str) -> AssessedAttempt:
    report = _report(attempt)
    return assessed_attempt(
        NUMBERS[attempt],
        attempt_id=attempt,
        interview_id=INTERVIEW,
        ended_at=_ended(attempt),
        overall_score=report.overall_score,
        grader=report.grader,
        scores=dict.fromkeys(CATEGORIES),
    )


def _report(attempt: str) -> Feedback:
    report = feedback("llm" if attempt == BY_MODEL else "on_device", f"assessment-{attempt[-1]}", doubt=False)
    report = report.model_copy(update={"overall_score": OVERALL[attempt]})
    return _at_first(report) if attempt == FIRST else report


def _at_first(report: Feedback) -> Feedback:
    """Another score in most places, another last question, and points that were lost or gained since."""
    index, seat, disagreed, different, last = report.questions
    covered = zip(index.expected_points, COVERED_AT_FIRST, strict=True)
    points = [
        point.model_copy(update={"covered": state, "quote": None if state == "no" else point.quote})
        for point, state in covered
    ]
    return report.model_copy(
        update={
            "categories": [
                category.model_copy(update={"score": CATEGORIES_AT_FIRST[category.category]})
                for category in report.categories
            ],
            "questions": [
                index.model_copy(update={"score": 44, "expected_points": points, "hints_used": 0, "repeats": 1}),
                seat.model_copy(
                    update={"status": "declined", "score": None, "expected_points": _none_of(seat.expected_points)}
                ),
                disagreed.model_copy(update={"status": "answered", "score": 58}),
                different,
                last.model_copy(
                    update={"question_id": "other", "text": "What is a deadlock, and how do you get out of one?"}
                ),
            ],
            "delivery": report.delivery.model_copy(
                update={
                    "words_per_minute": 128.4,
                    "longest_pause_sec": 4.6,
                    "mean_response_delay_sec": 1.58,
                    "talk_time_sec": 96.0,
                }
            ),
        }
    )


def _none_of(points: list[PointCoverage]) -> list[PointCoverage]:
    return [point.model_copy(update={"covered": "no", "quote": None}) for point in points]
