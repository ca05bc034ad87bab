"""What a recorder is told of the sound in a room. All times are those of the event loop's clock."""

from typing import Literal, Protocol

from livekit import rtc

OwnTrack = Literal["voice", "listening"]


class SourceTap(Protocol):
    """One track of ours."""

    def plays(self, starts_at: float, frame: rtc.AudioFrame) -> None:
        """It will be heard from then on, unless the track falls silent before."""
        ...

    def falls_silent(self, at: float) -> None:
        """What was to be heard after this isn't."""
        ...


class SoundTap(Protocol):
    """A whole room."""

    def heard(self, frame: rtc.AudioFrame) -> None:
        """From the candidate's microphone, just now."""
        ...

    def track(self, name: OwnTrack) -> SourceTap: ...
