"""An audio source that tells a tap what it plays, and when that is heard."""

import asyncio

from livekit import rtc

from agent.recording.tap import SourceTap


class TappedSource(rtc.AudioSource):
    """Set `tap` before it plays."""

    tap: SourceTap | None = None

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        if self.tap is not None:
            self.tap.plays(asyncio.get_running_loop().time() + self.queued_duration, frame)
        await super().capture_frame(frame)

    def clear_queue(self) -> None:
        if self.tap is not None:
            self.tap.falls_silent(asyncio.get_running_loop().time())
        super().clear_queue()
