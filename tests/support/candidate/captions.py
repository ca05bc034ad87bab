"""The captions that a page would show: LiveKit's text streams on `lk.transcription`."""

from dataclasses import dataclass, field

TOPIC = "lk.transcription"


@dataclass
class CaptionSegment:
    """One segment, as it stands: interim texts replace each other, pieces of the interviewer's speech add up."""

    segment_id: str
    own: bool
    """Of the candidate's speech."""
    opened_at: float
    updated_at: float
    text: str = ""
    final: bool = False


@dataclass
class Captions:
    segments: list[CaptionSegment] = field(default_factory=list[CaptionSegment])

    def open(self, segment_id: str, *, own: bool, at: float) -> CaptionSegment:
        """The segment of that id. Each text stream of a segment says the whole of it again."""
        for segment in reversed(self.segments):
            if segment.segment_id == segment_id and segment.own == own:
                return segment
        segment = CaptionSegment(segment_id=segment_id, own=own, opened_at=at, updated_at=at)
        self.segments.append(segment)
        return segment

    @property
    def interviewer_text(self) -> str:
        return " ".join(segment.text.strip() for segment in self.segments if not segment.own)

    @property
    def candidate_text(self) -> str:
        return " ".join(segment.text.strip() for segment in self.segments if segment.own)

    def interviewer_segments_opened_between(self, start: float, end: float) -> list[CaptionSegment]:
        return [segment for segment in self.segments if not segment.own and start < segment.opened_at < end]
