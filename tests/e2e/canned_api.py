"""Stands in for the token server behind the report: its answers are known, and it can refuse or be out of reach.

Bodies are made of the real models, so that a change of the contract is noticed here too.
"""

import json
import mimetypes
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Request, Route

from storage.models.transcript import Turn
from tests.e2e.canned_report import (
    ATTEMPT,
    ATTEMPT_DETAIL,
    INTERVIEW,
    INTERVIEW_DETAIL,
    PARTS,
    STARTED,
    TALK,
    Judge,
    feedback,
)
from tests.e2e.screens import ROOT
from token_server.schemas.attempts import TranscriptTurn
from token_server.schemas.auth import SessionNow, User
from token_server.schemas.documents import ResumeAnswer
from token_server.schemas.feedback import FeedbackAnswer, FeedbackVersion
from token_server.schemas.recordings import RecordingTerms

BASE_URL = "http://127.0.0.1:8123"
"""Nothing listens there: every request is answered by `CannedApi.answer`."""
REPORT_PATH = f"/attempts/{ATTEMPT}/report"
ADA = User(id="ada", email="ada@example.org", display_name="Ada")
DIST = ROOT / "token_server" / "web" / "dist"
POLLS_UNTIL_READY = 4


class CannedApi:
    """Answers every request of a page. `refusals` holds what to answer instead, by the end of a path."""

    def __init__(self, judge: Judge, *, doubt: bool = False) -> None:
        self.judge: Judge = judge
        self.doubt = doubt
        self.corrections: dict[int, str] = {}
        self.revision = 0
        self.assessed: list[tuple[int, list[int]]] = [(0, [])]
        """Of each assessment, oldest first: the revision of the transcript, and the turns that were corrected in it."""
        self.polls_left = 0
        self.refusals: dict[str, str | None] = {}
        """A problem's code; None stands for no answer at all."""

    async def answer(self, route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(BASE_URL).partition("?")[0]
        if not path.startswith("/api/"):
            await _file(route, path)
            return
        for end, code in self.refusals.items():
            if path.endswith(end) and request.method != "GET":
                await (route.abort() if code is None else _problem(route, code))
                return
        status, body = self._body(request, path)
        date = format_datetime(datetime.now(UTC), usegmt=True)
        await route.fulfill(status=status, json=body, headers={"Retry-After": "0.2", "Date": date})

    def _body(self, request: Request, path: str) -> tuple[int, Any]:
        attempt = f"/api/attempts/{ATTEMPT}"
        fixed: dict[str, Callable[[], Any]] = {
            "/api/auth/session": lambda: SessionNow(user=ADA, renewable=False).model_dump(),
            "/api/auth/me": ADA.model_dump,
            "/api/resume": lambda: ResumeAnswer(resume=None).model_dump(),
            "/api/recording-terms": lambda: RecordingTerms(kept_in="data_folder", retention_days=30).model_dump(),
            f"/api/interviews/{INTERVIEW}": lambda: INTERVIEW_DETAIL.model_dump(mode="json"),
            attempt: lambda: ATTEMPT_DETAIL.model_dump(mode="json"),
            f"{attempt}/turns": self._turns,
            f"{attempt}/feedback/versions": self._versions,
        }
        if path in fixed:
            return 200, fixed[path]()
        if path == f"{attempt}/feedback":
            return self._feedback(request)
        correction = re.fullmatch(rf"{attempt}/turns/(\d+)/correction", path)
        assert correction, f"{request.method} {path} is no call that a report makes"
        return self._correct(request, int(correction.group(1)))

    def _correct(self, request: Request, seq: int) -> tuple[int, Any]:
        self.revision += 1
        if request.method == "DELETE":
            del self.corrections[seq]
            return 204, None
        self.corrections[seq] = json.loads(request.post_data or "")["text"]
        return 200, {"seq": seq, "text": self.corrections[seq], "corrected_at": STARTED.isoformat()}

    def _turns(self) -> Any:
        return {"items": [self._turn(turn) for turn in TALK.turns], "next_cursor": None}

    def _turn(self, turn: Turn) -> Any:
        stored = PARTS.get(turn.seq, [(turn.seq, turn.text)])
        parts: list[dict[str, Any]] = [
            {"seq": seq, "text": text, "corrected_text": self.corrections.get(seq)} for seq, text in stored
        ]
        corrected = any(part["corrected_text"] for part in parts)
        shown = turn.model_dump() | {
            "corrected_text": " ".join(part["corrected_text"] or part["text"] for part in parts) if corrected else None,
            "parts": parts if len(parts) > 1 else [],
        }
        return TranscriptTurn.model_validate(shown).model_dump(mode="json")

    def _feedback(self, request: Request) -> tuple[int, Any]:
        if request.method == "POST":
            self.assessed.append((self.revision, list(self.corrections)))
            self.polls_left = POLLS_UNTIL_READY
            return 202, FeedbackAnswer(status="queued", assessment_id=self._ids[-1]).model_dump(mode="json")
        asked = request.url.partition("assessment=")[2] or self._ids[-1]
        if asked == self._ids[-1] and self.polls_left:
            self.polls_left -= 1
            return 200, FeedbackAnswer(status="running", assessment_id=asked, progress=0.4).model_dump(mode="json")
        revision, corrected = self.assessed[self._ids.index(asked)]
        answer = FeedbackAnswer(
            status="ready",
            assessment_id=asked,
            feedback=feedback(self.judge, asked, doubt=self.doubt, corrected=corrected),
            corrections_since=self.revision > revision,
        )
        return 200, answer.model_dump(mode="json")

    def _versions(self) -> Any:
        items = [
            FeedbackVersion(
                assessment_id=assessment_id,
                status="running" if self.polls_left and assessment_id == self._ids[-1] else "ready",
                rubric_version="1",
                created_at=STARTED + timedelta(minutes=13 + 5 * number),
                finished_at=None,
                reason=None,
            ).model_dump(mode="json")
            for number, assessment_id in enumerate(self._ids)
        ]
        return {"items": items[::-1], "next_cursor": None}

    @property
    def _ids(self) -> list[str]:
        return [f"assessment-{number + 1}" for number in range(len(self.assessed))]


async def _problem(route: Route, code: str) -> None:
    await route.fulfill(status=409, json={"title": code, "status": 409, "code": code})


async def _file(route: Route, path: str) -> None:
    file = DIST / path.removeprefix("/")
    if not file.is_file():
        file = DIST / "index.html"
    await route.fulfill(body=_read(file), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")


def _read(file: Path) -> bytes:
    if not file.is_file():
        pytest.fail("the page isn't built: run `npm ci --ignore-scripts && npm run build` in token_server/web")
    return file.read_bytes()
