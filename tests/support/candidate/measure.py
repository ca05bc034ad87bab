"""What a candidate would notice, measured in the sound that was sent and received. Pure: arrays in, figures out."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tests.support.candidate.audio import (
    OWN_THRESHOLD_DB,
    REMOTE_THRESHOLD_DB,
    SAMPLE_RATE,
    Samples,
    Span,
    audible_spans,
)

FINE_JOIN_SEC = 0.12
"""Gaps inside words: finer spans tell exactly when a sound stopped."""
UTTERANCE_JOIN_SEC = 0.60
"""Gaps inside an utterance."""
OVERLAP_START_SEC = 0.05
"""The interviewer may still be finishing when an answer starts; only what begins later cuts in."""
PAUSE_SEC = 0.35
"""A shorter silence of the candidate is not counted as a pause."""
INTERRUPTED_GAP_SEC = 0.7
"""After an interruption: a silence that the interviewer's sentence pauses don't reach."""
ACKNOWLEDGED_GAP_SEC = 0.5
BACK_CHANNEL_LONGEST_SEC = 1.2
ANSWERED_WITHIN_SEC = 2.5


@dataclass(frozen=True)
class Recording:
    """Both directions between `started_at` and the end of the arrays, on the candidate's clock."""

    own: Samples
    voice: Samples
    """The interviewer's speech."""
    listening: Samples
    """The interviewer's back-channels."""
    started_at: float = 0.0

    @property
    def ended_at(self) -> float:
        return self.started_at + len(self.own) / SAMPLE_RATE

    def own_spans(self) -> list[Span]:
        return self._spans(self.own, OWN_THRESHOLD_DB, FINE_JOIN_SEC)

    def voice_sounds(self) -> list[Span]:
        return self._spans(self.voice, REMOTE_THRESHOLD_DB, FINE_JOIN_SEC)

    def voice_utterances(self) -> list[Span]:
        return self._spans(self.voice, REMOTE_THRESHOLD_DB, UTTERANCE_JOIN_SEC)

    def listening_sounds(self) -> list[Span]:
        return self._spans(self.listening, REMOTE_THRESHOLD_DB, UTTERANCE_JOIN_SEC)

    def _spans(self, samples: Samples, threshold_db: float, join_sec: float) -> list[Span]:
        found = audible_spans(samples, threshold_db, join_sec)
        return [Span(span.start + self.started_at, span.end + self.started_at) for span in found]


@dataclass(frozen=True)
class CutIn:
    """The interviewer started to speak while the candidate held the floor."""

    at: float
    into_pause_sec: float | None
    """How long the candidate's pause had lasted; None over running speech."""


@dataclass(frozen=True)
class AnswerMeasure:
    """One answer and what the interviewer made of it."""

    speech: Span
    """From the first to the last audible moment of the answer."""
    pauses: list[float]
    response_sec: float | None
    """End of the answer to the first sound of the reply. None when it was cut into, or when no reply came."""
    cut_ins: list[CutIn] = field(default_factory=list[CutIn])


def measure_answer(recording: Recording, played: Span) -> AnswerMeasure:
    """`played` is when the clip was sent, with any pauses inside."""
    own = [span for span in recording.own_spans() if span.end > played.start and span.start < played.end + 0.05]
    if not own:
        raise ValueError(f"nothing was sent between {played.start:.2f} and {played.end:.2f} s")
    speech = Span(own[0].start, own[-1].end)
    gaps = [Span(a.end, b.start) for a, b in pairwise(own)]
    pauses = [gap for gap in gaps if gap.length > PAUSE_SEC]
    utterances = recording.voice_utterances()
    cut_ins = [
        CutIn(
            at=utterance.start,
            into_pause_sec=next(
                (utterance.start - gap.start for gap in pauses if gap.start <= utterance.start <= gap.end + 0.05), None
            ),
        )
        for utterance in utterances
        if speech.start + OVERLAP_START_SEC < utterance.start < speech.end
    ]
    reply = next((utterance for utterance in utterances if utterance.start >= speech.end), None)
    response = None if reply is None or cut_ins else reply.start - speech.end
    return AnswerMeasure(speech=speech, pauses=[gap.length for gap in pauses], response_sec=response, cut_ins=cut_ins)


@dataclass(frozen=True)
class InterruptionMeasure:
    """The candidate spoke into the interviewer's speech, in order to be heard."""

    interviewer_was_talking: bool
    stopped_after_sec: float | None
    """Start of the interruption to the interviewer's silence."""


def measure_interruption(
    recording: Recording, played: Span, replies_opened_at: list[float] | None = None
) -> InterruptionMeasure:
    """`replies_opened_at`: when captions of new interviewer speech opened.

    An interviewer that answers at once leaves no silence between what it broke off and its reply: there the reply's
    caption bounds the stop.
    """
    onset = _onset(recording, played)
    stopped_at, _ = _stop_and_return(recording, onset, INTERRUPTED_GAP_SEC)
    fresh = _answers(replies_opened_at, onset, played.end)
    if fresh and (stopped_at is None or fresh[0] < stopped_at):
        stopped_at = fresh[0]
    return InterruptionMeasure(
        interviewer_was_talking=_talking_at(recording, onset),
        stopped_after_sec=None if stopped_at is None else stopped_at - onset,
    )


@dataclass(frozen=True)
class AcknowledgementMeasure:
    """The candidate said "mhm" into the interviewer's speech, and meant: go on."""

    interviewer_was_talking: bool
    uninterrupted: bool
    silent_gap_sec: float | None
    """How long the interviewer was silent before it went on; None when it never paused or never returned."""
    answered_as_turn: bool
    """The interviewer took it for a contribution and replied to it."""

    @property
    def survived(self) -> bool:
        return self.uninterrupted or (self.silent_gap_sec is not None and not self.answered_as_turn)


def measure_acknowledgement(
    recording: Recording, played: Span, replies_opened_at: list[float] | None = None
) -> AcknowledgementMeasure:
    onset = _onset(recording, played)
    stopped_at, returned_at = _stop_and_return(recording, onset, ACKNOWLEDGED_GAP_SEC)
    answered = bool(_answers(replies_opened_at, onset, played.end))
    uninterrupted = stopped_at is not None and stopped_at > played.end + 1.0 and not answered
    gap = None
    if not uninterrupted and stopped_at is not None and returned_at is not None and returned_at <= played.end + 5:
        gap = returned_at - stopped_at
    return AcknowledgementMeasure(
        interviewer_was_talking=_talking_at(recording, onset),
        uninterrupted=uninterrupted,
        silent_gap_sec=gap,
        answered_as_turn=answered,
    )


@dataclass(frozen=True)
class BackChannelMeasure:
    """A short sound of the interviewer while the candidate held the floor."""

    sound: Span
    into_answer_sec: float
    after_pause_start_sec: float | None
    over_speech: bool
    """The candidate was talking when it started."""


def measure_back_channels(recording: Recording, answer: Span) -> list[BackChannelMeasure]:
    own = [span for span in recording.own_spans() if span.end > answer.start and span.start < answer.end]
    found: list[BackChannelMeasure] = []
    for sound in recording.listening_sounds():
        if not answer.start <= sound.start < answer.end or sound.length >= BACK_CHANNEL_LONGEST_SEC:
            continue
        ended = [span.end for span in own if span.end <= sound.start + 0.02]
        found.append(
            BackChannelMeasure(
                sound=sound,
                into_answer_sec=sound.start - answer.start,
                after_pause_start_sec=sound.start - max(ended) if ended else None,
                over_speech=any(span.start <= sound.start < span.end for span in own),
            )
        )
    return found


@dataclass(frozen=True)
class Summary:
    """Some figures of a sample. All None when it is empty."""

    n: int
    p50: float | None
    p95: float | None
    largest: float | None

    @classmethod
    def of(cls, values: list[float]) -> "Summary":
        if not values:
            return cls(n=0, p50=None, p95=None, largest=None)
        p50, p95 = (round(float(np.percentile(values, q)), 3) for q in (50, 95))
        return cls(n=len(values), p50=p50, p95=p95, largest=round(max(values), 3))


def _onset(recording: Recording, played: Span) -> float:
    """First audible moment of what was played."""
    for span in recording.own_spans():
        if span.end > played.start and span.start < played.end:
            return span.start
    raise ValueError(f"nothing was sent between {played.start:.2f} and {played.end:.2f} s")


def _talking_at(recording: Recording, moment: float) -> bool:
    return any(span.start <= moment < span.end for span in recording.voice_utterances())


def _stop_and_return(recording: Recording, onset: float, gap_sec: float) -> tuple[float | None, float | None]:
    """When the voice fell silent for at least `gap_sec` after `onset`, and when it came back."""
    after = [span for span in recording.voice_sounds() if span.end > onset]
    for position, span in enumerate(after):
        following = after[position + 1] if position + 1 < len(after) else None
        if following is None:
            return span.end, None
        if following.start - span.end > gap_sec:
            return span.end, following.start
    return None, None


def _answers(opened_at: list[float] | None, onset: float, ended: float) -> list[float]:
    return [moment for moment in opened_at or [] if onset + 0.2 < moment < ended + ANSWERED_WITHIN_SEC]
