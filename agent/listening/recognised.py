"""What a recogniser says, in the terms and on the clock of the listening."""

from collections.abc import Callable

from livekit.agents import stt
from livekit.agents.utils import is_given

from agent.listening.turns import Recognised, SpokenWord

LoopTime = Callable[[float], float]
"""From seconds of the recogniser's sound to the event loop's clock."""


def as_recognised(data: stt.SpeechData, *, final: bool, loop_time: LoopTime, heard_at: float) -> Recognised:
    """
    Args:
        heard_at: loop time up to which sound was given to the recogniser: what it says without a time is about that.
    """
    words = tuple(_words(data, loop_time))
    # recognisers of whole segments, such as OpenAI's, give no times: 0 is none, not the stream's start
    has_times = data.end_time > 0
    ended_at = loop_time(data.end_time) if has_times else heard_at
    started_at = words[0].started_at if words else loop_time(data.start_time) if has_times else heard_at
    return Recognised(
        text=data.text.strip(),
        words=words,
        started_at=started_at,
        covers_until=max(ended_at, words[-1].ended_at) if words else ended_at,
        confidence=data.confidence,
        final=final,
        stop_probability=getattr(data, "stop_probability", None),
    )


def _words(data: stt.SpeechData, loop_time: LoopTime) -> list[SpokenWord]:
    """None at all where one of them has no time."""
    spoken: list[SpokenWord] = []
    for word in data.words or []:
        if not (is_given(word.start_time) and is_given(word.end_time)):
            return []
        confidence = word.confidence if is_given(word.confidence) else data.confidence
        started_at, ended_at = loop_time(word.start_time), loop_time(word.end_time)
        spoken.append(
            SpokenWord(str(word).strip(), started_at, max(started_at, ended_at), min(1.0, max(0.0, confidence)))
        )
    return spoken
