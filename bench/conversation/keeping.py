"""From what was performed and heard to samples on disk and events in the picture."""

import asyncio

from bench.conversation import heard
from bench.conversation.performing import Performed
from bench.conversation.picture import Event
from bench.conversation.results import Results
from bench.conversation.written import Written
from tests.support.candidate import Candidate
from tests.support.candidate.audio import Span
from tests.support.candidate.measure import Recording

BEFORE_SEC = 1.0
IMMINENT_SEC = 0.5


async def keep_exchange(results: Results, candidate: Candidate, done: Performed, written: Written) -> list[Event]:
    """Measure one exchange and keep its samples: everything but what needs the whole conversation.

    In a thread, since the microphone must not wait.
    """
    recording = candidate.recording(done.started_at - BEFORE_SEC, done.ended_at)
    return await asyncio.to_thread(_keep, results, recording, _reply_text(candidate, done), done, written)


def _keep(results: Results, recording: Recording, reply_text: str, done: Performed, written: Written) -> list[Event]:
    events: list[Event] = []
    if done.exchange.pieces:
        events += _keep_answer(results, recording, reply_text, done, written)
        events += _keep_back_channels(results, recording, done, written)
    events += _keep_hold(results, recording, done)
    events += _keep_interruptions(results, recording, done, written)
    events += _keep_disturbance(results, recording, done, written)
    results["exchanges"].add(done.exchange.key, done.ended_at - done.started_at, microphone_late=done.times_late)
    return events


def _keep_answer(
    results: Results, recording: Recording, reply_text: str, done: Performed, written: Written
) -> list[Event]:
    key = done.exchange.key
    measured = heard.measure_exchange(recording, done, reply_text)
    events: list[Event] = []
    if not done.replied:
        results.keep("unanswered", key, 1.0)
        events.append(Event("problem", done.answer.end, done.ended_at, "no reply"))
    if measured.response is not None:
        response = measured.response
        details = {"is_long": done.exchange.is_long, "acknowledgement": response.acknowledgement}
        results.keep("response", key, response.first_sound_sec, **details)
        results.keep("content", key, response.content_sec, **details)
        reply_at = done.answer.end + response.first_sound_sec
        events.append(Event("response", done.answer.end, reply_at, f"{response.first_sound_sec:.2f}"))
    for number, (pause, false_start) in enumerate(measured.pauses):
        results.keep(
            "pauses",
            f"{key}/{number}",
            float(false_start is not None),
            after=pause.kind,
            planned_sec=pause.planned_sec,
            sec=round(pause.span.length, 2),
            into_pause_sec=None if false_start is None else round(false_start.into_pause_sec, 2),
        )
        events.append(Event(f"pause after {pause.kind}", *pause.span, f"{pause.span.length:.1f}"))
        if false_start is not None:
            merged = written.is_one_turn_over(pause.span)
            results.keep(
                "false-starts", f"{key}/{number}", false_start.silent_after_sec, after=pause.kind, merged=merged
            )
            label = f"cut in {false_start.into_pause_sec:.2f}{'' if merged else ', not merged'}"
            events.append(Event("cut-in", false_start.at, false_start.at + 0.3, label))
    for number, at in enumerate(measured.cut_ins_over_speech):
        results.keep("cut-ins-over-speech", f"{key}/{number}", 1.0, at_sec=round(at, 2))
        events.append(Event("cut-in", at, at + 0.3, "over speech"))
    return events


def _keep_back_channels(results: Results, recording: Recording, done: Performed, written: Written) -> list[Event]:
    if not done.exchange.is_long:
        return []
    found = heard.measure_back_channels(recording, done)
    key = done.exchange.key
    spans = [one.sound for one in found]
    said = [
        turn for turn in written.turns if not turn.is_candidates and any(_is_about(turn.span, one) for one in spans)
    ]
    results.keep(
        "long-answers",
        key,
        float(len(found)),
        minutes=round(done.answer.length / 60, 4),
        in_transcript=sum(len(turn.turn.text.split()) <= 2 for turn in said),
        turns_ended=sum(one.followed_by_cut_in for one in found),
    )
    for number, one in enumerate(found):
        before_reply = one.before_reply_sec
        results.keep(
            "back-channels",
            f"{key}/{number}",
            one.sound.length,
            into_answer_sec=round(one.into_answer_sec, 2),
            into_pause_sec=None if one.into_pause_sec is None else round(one.into_pause_sec, 2),
            before_reply_sec=None if before_reply is None else round(before_reply, 2),
            imminent=before_reply is not None and before_reply < IMMINENT_SEC,
            level_below_voice_db=None if one.level_below_voice_db is None else round(one.level_below_voice_db, 1),
        )
    return [Event("back-channel", *one.sound, "") for one in found]


def _keep_hold(results: Results, recording: Recording, done: Performed) -> list[Event]:
    if done.hold is None:
        return []
    held_sec, nudge_sec = heard.measure_hold(recording, done.hold)
    shown_nudge = None if nudge_sec is None else round(nudge_sec, 2)
    results.keep("holds", f"{done.exchange.key}", held_sec, phrase=done.hold.what, nudge_sec=shown_nudge)
    return [Event("hold", done.hold.span.end, done.hold.span.end + held_sec, f"held {held_sec:.1f}")]


def _keep_interruptions(results: Results, recording: Recording, done: Performed, written: Written) -> list[Event]:
    events: list[Event] = []
    for number, sounded in enumerate(done.interruptions):
        measured = heard.measure_interruption(recording, sounded, written)
        key = f"{done.exchange.key}/{number}"
        left_out = measured.left_out
        results.keep("interruptions", key, measured.stopped_after_sec, phrase=sounded.what, left_out=left_out)
        shown = left_out or ("talked on" if measured.stopped_after_sec is None else "")
        label = shown or f"silent after {measured.stopped_after_sec:.2f}"
        events.append(Event("interruption", *sounded.span, f"{sounded.what}: {label}"))
    return events


def _keep_disturbance(results: Results, recording: Recording, done: Performed, written: Written) -> list[Event]:
    if done.disturbance is None:
        return []
    until = done.interruptions[0].span.start if done.interruptions else done.ended_at
    measured = heard.measure_disturbance(recording, done.disturbance, until, written)
    results.keep(
        "disturbances",
        done.exchange.key,
        None if measured.left_out else float(measured.goes_on),
        sound=done.disturbance.what,
        gap_sec=None if measured.gap_sec is None else round(measured.gap_sec, 2),
        answered=measured.answered,
        left_out=measured.left_out,
    )
    went = measured.left_out or ("" if measured.goes_on else "stopped by it")
    label = f"{done.disturbance.what}: {went}" if went else done.disturbance.what
    return [Event("disturbance", *done.disturbance.span, label)]


def _reply_text(candidate: Candidate, done: Performed) -> str:
    """The captions of what was said after the answer."""
    opened = candidate.captions.interviewer_segments_opened_between(done.answer.end - 0.3, done.ended_at)
    return " ".join(segment.text.strip() for segment in opened if segment.text.strip())


def _is_about(turn: Span, sound: Span) -> bool:
    return turn.start - 0.5 < sound.start < turn.end + 0.5
