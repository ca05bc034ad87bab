"""Stands in for the token server behind every page: a person with some interviews, or nobody signed in yet."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.async_api import Request, Route

from storage.models.setup import SetupDraft
from tests.e2e.canned_api import BASE_URL
from tests.e2e.canned_growth import CannedGrowth
from tests.e2e.canned_report import ATTEMPT, ATTEMPT_DETAIL, INTERVIEW, STARTED
from token_server.schemas.auth import SessionNow
from token_server.schemas.interviews import AttemptOfInterview, InterviewItem
from token_server.schemas.recordings import RecordingTerms
from token_server.schemas.setups import SetupDetail

SETUP = "6f1c0d1e-0000-4000-8000-0000000000f0"
OPEN_ATTEMPT = "6f1c0d1e-0000-4000-8000-0000000000a9"
GOING_ON = {"id": OPEN_ATTEMPT, "status": "live", "ended_at": None, "end_reason": None, "phase": "question"}
TOLD: tuple[tuple[str, str, str, tuple[str, ...], tuple[int | None, ...]], ...] = (
    ("Backend engineer", "mixed", "mid", ("PostgreSQL", "Go"), (64, 61, 52)),
    ("Platform engineer (Kubernetes, observability)", "technical", "senior", ("Kubernetes", "Terraform"), ()),
    ("Product manager", "behavioral", "senior", (), (None, 71)),
    ("Frontend engineer", "technical", "junior", ("React", "TypeScript", "CSS", "Testing Library", "GraphQL"), (38,)),
)
"""Role, type, level, technologies, and overall scores, newest first."""


class CannedSite(CannedGrowth):
    """`signed_in=False` for the pages before the door, `interviews=0` for somebody who has just come in."""

    def __init__(self, *, signed_in: bool = True, interviews: int = len(TOLD)) -> None:
        super().__init__()
        self.signed_in = signed_in
        self.items = interview_items()[:interviews]
        self.deleted: list[str] = []
        self.asked: list[dict[str, list[str]]] = []
        """The queries of each list of interviews that was asked for."""

    async def answer(self, route: Route) -> None:
        if route.request.url.startswith(f"{BASE_URL}/api/") and route.request.url.endswith("/connection"):
            return  # It never answers: the page shows what it shows while it waits.
        await super().answer(route)

    def _body(self, request: Request, path: str) -> tuple[int, Any]:
        name = path.removeprefix("/api/")
        if name == "auth/session" and not self.signed_in:
            return 200, SessionNow(user=None, renewable=False).model_dump()
        if not self.signed_in:
            return 401, {"title": "", "status": 401, "code": "unauthenticated"}
        match name:
            case "interviews" if request.method == "GET":
                return 200, self._list(request)
            case "recording-terms":
                return 200, RecordingTerms(kept_in="data_folder", retention_days=30).model_dump(mode="json")
            case "interviews/technologies":
                names = {technology for item in self.items for technology in item.technologies}
                return 200, {"items": sorted(names, key=str.lower)}
            case "setup-conversations" if request.method == "GET":
                return 200, {"items": [a_setup().model_dump(mode="json")], "next_cursor": None}
            case _ if name == f"setup-conversations/{SETUP}":
                return 200, a_setup().model_dump(mode="json")
            case _ if name.startswith("interviews/") and request.method == "DELETE":
                self.deleted.append(name.removeprefix("interviews/"))
                self.items = [item for item in self.items if item.id not in self.deleted]
                return 204, None
            case _ if name == f"attempts/{OPEN_ATTEMPT}":
                going_on = GOING_ON | {"started_at": datetime.now(UTC) - timedelta(minutes=4)}
                return 200, ATTEMPT_DETAIL.model_copy(update=going_on).model_dump(mode="json")
            case _ if name == f"attempts/{OPEN_ATTEMPT}/turns":
                return super()._body(request, path.replace(OPEN_ATTEMPT, ATTEMPT))
            case _:
                return super()._body(request, path)

    def _list(self, request: Request) -> dict[str, Any]:
        asked = parse_qs(urlsplit(request.url).query)
        self.asked.append(asked)
        found = [item for item in self.items if _matches(item, asked)]
        return {"items": [item.model_dump(mode="json") for item in found], "next_cursor": None}


def interview_items() -> list[InterviewItem]:
    return [_item(place, *told) for place, told in enumerate(TOLD)]


def a_setup() -> SetupDetail:
    draft = SetupDraft(role="Site reliability engineer", level="senior", technologies=["Kubernetes"])
    return SetupDetail(
        id=SETUP,
        status="abandoned",
        revision=3,
        draft=draft,
        missing=draft.missing(),
        interview_id=None,
        created_at=STARTED,
        updated_at=STARTED,
    )


def _item(
    place: int, role: str, interview_type: str, level: str, technologies: Sequence[str], scores: Sequence[int | None]
) -> InterviewItem:
    made = STARTED - timedelta(days=9 * place)
    return InterviewItem.model_validate(
        {
            "id": INTERVIEW if place == 0 else f"{INTERVIEW[:-1]}{place + 3}",
            "title": f"{role} ({level}, {interview_type})",
            "role": role,
            "interview_type": interview_type,
            "level": level,
            "technologies": list(technologies),
            "question_count": 5,
            "tone": "neutral",
            "created_at": made,
            "plan_version": 1,
            "attempts": [
                AttemptOfInterview(
                    id=f"attempt-{place}-{number}",
                    number=number,
                    status="ended",
                    created_at=made + timedelta(days=number),
                    started_at=made + timedelta(days=number),
                    ended_at=made + timedelta(days=number, minutes=14),
                    end_reason="completed",
                    overall_score=score,
                    assessment_status="not_assessable" if score is None else "done",
                )
                for number, score in zip(range(len(scores), 0, -1), scores, strict=True)
            ],
        }
    )


def _matches(item: InterviewItem, asked: dict[str, list[str]]) -> bool:
    text = " ".join([item.title, *item.technologies]).lower()
    return (
        asked.get("q", [""])[0].lower() in text
        and asked.get("type", [item.interview_type])[0] == item.interview_type
        and asked.get("level", [item.level])[0] == item.level
        and all(technology in item.technologies for technology in asked.get("technology", []))
    )
