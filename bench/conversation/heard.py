"""What the candidate heard in one exchange, as figures. Pure: arrays and times in, figures out."""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bench.conversation.performing import Performed, PlayedPause, Sounded
from bench.conversation.scripts import LASTING_SOUNDS
from bench.conversation.written import CLOCK_SEC, Written
from tests.support.candidate.audio import (
    REMOTE_THRESHOLD_DB,
    SAMPLE_RATE,
    Samples,
    Span,
    audible_spans,
    level_db,
)
from tests.support.candidate.measure import OVERLAP_START_SEC, Recording

ACKNOWLEDGEMENT_WORDS = 5
"""A first sentence with more words is content."""
SPOKEN_SEC_PER_CHARACTER = 0.065
WORD_GAP_SEC = 0.05
"""Sounds that are closer than this belong together where the gap after an acknowledgement is looked for."""

STOP_SILENCE_SEC = 0.25
"""After a false start: so much silence is a stop."""
SAME_FALSE_START_SEC = 1.5
"""A sound so soon after a false start began belongs to it: the "Sorry, go on."."""
LATE_CUT_IN_SEC = 0.8
"""A decision made in a pause is heard up to so much after it."""

NUDGE_SEC = 2.0
"""A longer utterance isn't a quiet "take your time"."""
HELD_SEC = 10.0
FLOOR_WITHIN_SEC = 2.0
"""An interviewer who talks on for longer hasn't yielded (the limit of tau-voice, facts, voice.md section 1)."""
INTERRUPTED_SILENCE_SEC = 0.45
DISTURBED_SILENCE_SEC = 0.5
BACK_WITHIN_SEC = 1.0
DISTURBED_LONG_SEC = 2.0
"""An interviewer who spoke on through so much of a sound wasn't stopped by it when it came to its end."""


@dataclass(frozen=True)
class Response:
    """Seconds from the end of an answer's sound."""

    first_sound_sec: float
    content_sec: float | None
    """First word of content; None where no gap tells it from the acknowledgement."""
    acknowledgement: str


@dataclass(frozen=True)
class FalseStart:
    at: float
    into_pause_sec: float
    silent_after_sec: float | None
    """From the candidate's going on, or from its own start where that came later. None: it talked on to its end."""


@dataclass(frozen=True)
class Heard:
    """One exchange."""

    response: Response | None
    pauses: list[tuple[PlayedPause, FalseStart | None]]
    cut_ins_over_speech: list[float]


def measure_exchange(recording: Recording, done: Performed, reply_text: str) -> Heard:
    speech = _own_speech(recording, done.answer)
    cut_ins = _cut_ins(recording, speech)
    by_pause: dict[int, FalseStart] = {}
    over_speech: list[float] = []
    for at in cut_ins:
        number = max((n for n, pause in enumerate(done.pauses) if pause.span.start <= at), default=None)
        if number is None or at > done.pauses[number].span.end + LATE_CUT_IN_SEC:
            over_speech.append(at)
        elif number not in by_pause:
            by_pause[number] = _false_start(recording, done.pauses[number].span, at)
    last_piece_from = done.pauses[-1].span.start if done.pauses else speech.start
    undisturbed = all(at < last_piece_from for at in cut_ins)
    return Heard(
        response=_response(recording, done, speech.end, reply_text) if done.replied and undisturbed else None,
        pauses=[(pause, by_pause.get(number)) for number, pause in enumerate(done.pauses)],
        cut_ins_over_speech=over_speech,
    )


def _response(recording: Recording, done: Performed, answer_end: float, reply_text: str) -> Response | None:
    """A pause that the candidate's own sound makes is not the one after the acknowledgement."""
    brief = done.disturbance is not None and done.disturbance.what not in LASTING_SOUNDS
    disturbed_at = done.disturbance.span.start if done.disturbance and brief else done.ended_at
    return measure_response(recording, answer_end, reply_text, disturbed_at)


def measure_response(
    recording: Recording, answer_end: float, reply_text: str, disturbed_at: float = float("inf")
) -> Response | None:
    """None where the interviewer was speaking when the answer ended, or didn't speak any more."""
    sounds = recording.voice_sounds()
    if any(sound.start < answer_end < sound.end for sound in sounds):
        return None
    reply = next((sound.start for sound in sounds if sound.start >= answer_end), None)
    if reply is None:
        return None
    acknowledgement = acknowledgement_of(reply_text)
    content = _content_start(recording, reply, acknowledgement, disturbed_at) if acknowledgement else reply
    return Response(
        first_sound_sec=reply - answer_end,
        content_sec=None if content is None else content - answer_end,
        acknowledgement=acknowledgement,
    )


def acknowledgement_of(reply_text: str) -> str:
    """The short first sentence of a reply that has more to say; empty if it opens with its content."""
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", reply_text.strip()) if part]
    if not sentences or len(sentences[0].split()) > ACKNOWLEDGEMENT_WORDS or sentences[0].endswith("?"):
        return ""
    return sentences[0]


def measure_hold(recording: Recording, hold: Sounded) -> tuple[float, float | None]:
    """How long the floor was held, at most ten seconds, and the length of a nudge that was heard meanwhile."""
    end = _own_speech(recording, hold.span).end
    within = [spoken for spoken in recording.voice_utterances() if end - 0.2 < spoken.start < end + HELD_SEC]
    nudges = within[:1] if within and within[0].length <= NUDGE_SEC else []
    taken = within[len(nudges) :]
    return min(HELD_SEC, taken[0].start - end) if taken else HELD_SEC, nudges[0].length if nudges else None


@dataclass(frozen=True)
class Interrupted:
    onset: float
    stopped_after_sec: float | None
    """None: it talked on."""
    left_out: str | None
    """Why this is no sample."""


def measure_interruption(recording: Recording, sounded: Sounded, written: Written) -> Interrupted:
    onset = _own_speech(recording, sounded.span).start
    after = [sound for sound in recording.voice_sounds() if sound.end > onset]
    if not after or after[0].start > onset + 0.1:
        return Interrupted(onset, None, "the interviewer was silent")
    stop = _stop(after, INTERRUPTED_SILENCE_SEC)[0]
    turn = written.interviewer_at(onset)
    if turn is not None and not turn.turn.interrupted and stop - onset < FLOOR_WITHIN_SEC:
        return Interrupted(onset, None, "the interviewer had finished anyway")
    return Interrupted(onset, stop - onset if stop - onset < FLOOR_WITHIN_SEC else None, None)


@dataclass(frozen=True)
class Disturbed:
    goes_on: bool
    gap_sec: float | None
    """How long the interviewer was silent before it went on."""
    answered: bool
    """The sound became a turn of the candidate."""
    left_out: str | None


def measure_disturbance(recording: Recording, sounded: Sounded, until: float, written: Written) -> Disturbed:
    """`until`: the candidate's interruption, or the end of the exchange."""
    onset, end = sounded.span
    after = [sound for sound in recording.voice_sounds() if sound.end > onset and sound.start < until]
    if not after or after[0].start > onset + 0.3:
        return Disturbed(False, None, False, "the interviewer was silent")
    answered = bool(written.candidate_within(Span(onset, max(onset + CLOCK_SEC, min(end, until) - 2 * CLOCK_SEC))))
    stop, back = _stop(after, DISTURBED_SILENCE_SEC)
    if stop >= min(until, end + 1.0):
        return Disturbed(not answered, None, answered, None)
    if back is not None and back - stop <= BACK_WITHIN_SEC:
        return Disturbed(not answered, back - stop, answered, None)
    turn = written.interviewer_at(stop)
    if turn is not None and not turn.turn.interrupted:
        left_out = (
            None
            if stop >= min(end, until, onset + DISTURBED_LONG_SEC) or answered
            else "the interviewer had finished before the sound"
        )
        return Disturbed(not answered, None, answered, left_out)
    return Disturbed(False, None if back is None else back - stop, answered, None)


@dataclass(frozen=True)
class BackChannel:
    sound: Span
    into_answer_sec: float
    into_pause_sec: float | None
    before_reply_sec: float | None
    level_below_voice_db: float | None
    followed_by_cut_in: bool


def measure_back_channels(recording: Recording, done: Performed) -> list[BackChannel]:
    """All sounds of the `listening` track from the answer's beginning to the end of the exchange."""
    speech = _own_speech(recording, done.answer)
    voice = recording.voice_utterances()
    reply = next((spoken.start for spoken in voice if spoken.start >= speech.end), None)
    own = recording.own_spans()
    loudness = _loudness(recording.voice)
    found: list[BackChannel] = []
    for sound in recording.listening_sounds():
        if sound.end < speech.start:
            continue
        ended = [span.end for span in own if span.end <= sound.start + 0.02]
        speaking = any(span.start <= sound.start < span.end for span in own)
        low, high = (round((moment - recording.started_at) * SAMPLE_RATE) for moment in sound)
        own_level = _loudness(recording.listening[low:high])
        found.append(
            BackChannel(
                sound=sound,
                into_answer_sec=sound.start - speech.start,
                into_pause_sec=None if speaking or not ended else sound.start - max(ended),
                before_reply_sec=None if reply is None else reply - sound.end,
                level_below_voice_db=None if loudness is None or own_level is None else loudness - own_level,
                followed_by_cut_in=any(
                    sound.start < spoken.start < min(sound.start + 1.0, speech.end) for spoken in voice
                ),
            )
        )
    return found


def _own_speech(recording: Recording, played: Span) -> Span:
    """From the first to the last audible moment of what was played."""
    own = [span for span in recording.own_spans() if span.end > played.start and span.start < played.end + 0.05]
    return Span(max(own[0].start, played.start), min(own[-1].end, played.end)) if own else played


def _cut_ins(recording: Recording, speech: Span) -> list[float]:
    found: list[float] = []
    for spoken in recording.voice_utterances():
        if speech.start + OVERLAP_START_SEC < spoken.start < speech.end and (
            not found or spoken.start - found[-1] > SAME_FALSE_START_SEC
        ):
            found.append(spoken.start)
    return found


def _false_start(recording: Recording, pause: Span, at: float) -> FalseStart:
    since = max(at, pause.end)
    sounds = [sound for sound in recording.voice_sounds() if sound.end > at]
    spoken = [sound for sound in sounds if sound.start < since + 0.01]
    silent_after: float | None = 0.0
    if spoken and spoken[-1].end > since:
        stop = _stop([sound for sound in sounds if sound.end > since], STOP_SILENCE_SEC)[0]
        silent_after = stop - since
    return FalseStart(at, at - pause.start, silent_after)


def _stop(sounds: list[Span], silence_sec: float) -> tuple[float, float | None]:
    """When the first of these sounds fell silent for so long, and when it came back."""
    for sound, following in pairwise(sounds):
        if following.start - sound.end > silence_sec:
            return sound.end, following.start
    return sounds[-1].end, None


def _content_start(recording: Recording, reply: float, acknowledgement: str, disturbed_at: float) -> float | None:
    """After the largest gap that lies where the acknowledgement's words can end."""
    expected_sec = 0.2 + SPOKEN_SEC_PER_CHARACTER * len(acknowledgement)
    found = audible_spans(recording.voice, REMOTE_THRESHOLD_DB, WORD_GAP_SEC)
    sounds = [Span(span.start + recording.started_at, span.end + recording.started_at) for span in found]
    gaps = [
        Span(a.end, b.start)
        for a, b in pairwise(sounds)
        if reply + 0.5 * expected_sec <= a.end <= min(reply + 2.0 * expected_sec, disturbed_at)
    ]
    return max(gaps, key=lambda gap: gap.length).end if gaps else None


def _loudness(samples: Samples) -> float | None:
    """RMS of the loud part in dBFS; None in silence."""
    levels = level_db(samples)
    loud = levels[levels > REMOTE_THRESHOLD_DB]
    return float(np.mean(loud[loud > loud.max() - 15])) if len(loud) else None
