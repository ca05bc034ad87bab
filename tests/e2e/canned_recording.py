"""The canned report of an attempt whose sound was kept."""

from tempfile import TemporaryFile
from typing import Any

import numpy as np
from playwright.async_api import Request, Route

from agent.recording.mixer import RATE, Mixer
from agent.recording.ogg_opus import OggOpusWriter
from tests.e2e.canned_api import BASE_URL, CannedApi
from tests.e2e.canned_report import ATTEMPT, ATTEMPT_DETAIL, STARTED, TALK
from token_server.byte_ranges import asked_for
from token_server.schemas.recordings import RecordingItem, RecordingsAnswer

OFFSET_MS = 250
RECORDINGS = f"/api/attempts/{ATTEMPT}/recordings"


def sound_of(duration_ms: int) -> bytes:
    mixer = Mixer()
    count = duration_ms * RATE // 1000
    tone = (6000 * np.sin(2 * np.pi * 220 * np.arange(count) / RATE)).astype(np.int16)
    mixer.voice.play(0.0, tone)
    with TemporaryFile(buffering=0) as file:
        writer = OggOpusWriter(file)
        writer.write(mixer.take(duration_ms / 1000))
        writer.close()
        file.seek(0)
        return file.read()


class RecordedApi(CannedApi):
    """Also answers for the recording, in parts as a player asks for them."""

    def __init__(self) -> None:
        super().__init__("on_device")
        self.duration_ms = TALK.turns[-1].ended_ms + 2000
        self.sound = sound_of(self.duration_ms)
        self.deleted = False
        self.ranges: list[str | None] = []
        self.refusals_left = 0
        """How often the sound is refused, as to somebody whose session is too old."""

    async def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(BASE_URL).partition("?")[0]
        if path == f"{RECORDINGS}/1":
            await self._give_sound(route)
        else:
            await super().answer(route)

    async def _give_sound(self, route: Route) -> None:
        asked = await route.request.header_value("range")
        self.ranges.append(asked)
        if self.refusals_left:
            self.refusals_left -= 1
            await route.fulfill(status=401, json={"title": "", "status": 401, "code": "unauthenticated"})
            return
        part = asked_for(asked, len(self.sound))
        headers = {"Accept-Ranges": "bytes", "Content-Type": "audio/ogg", "Cache-Control": "private, no-store"}
        if part is None:
            await route.fulfill(status=200, headers=headers, body=self.sound)
            return
        headers["Content-Range"] = part.content_range(len(self.sound))
        await route.fulfill(status=206, headers=headers, body=self.sound[part.first : part.first + part.size_bytes])

    def _body(self, request: Request, path: str) -> tuple[int, Any]:
        if path == f"/api/attempts/{ATTEMPT}":
            return 200, ATTEMPT_DETAIL.model_copy(update={"record_audio": True}).model_dump(mode="json")
        if path != RECORDINGS:
            return super()._body(request, path)
        if request.method == "DELETE":
            self.deleted = True
            return 204, None
        kept = RecordingItem(epoch=1, offset_ms=OFFSET_MS, duration_ms=self.duration_ms, bytes=len(self.sound))
        answer = RecordingsAnswer(
            items=[] if self.deleted else [kept],
            consented_at=STARTED,
            kept_until=STARTED.replace(year=STARTED.year + 1),
            deleted_at=STARTED if self.deleted else None,
        )
        return 200, answer.model_dump(mode="json")
