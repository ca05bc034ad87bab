"""One conversation of the bench: an attempt on the running stack, some exchanges in it, and what is kept of it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.conversation.keeping import keep_exchange
from bench.conversation.performing import Performed, Performer
from bench.conversation.picture import Event, draw
from bench.conversation.results import Results
from bench.conversation.scripts import Exchange
from bench.conversation.written import Written, words_not_heard
from tests.support.candidate import Candidate, ClipLibrary, WaitedInVain
from tests.support.candidate.audio import Span
from tests.support.candidate.candidate import RoomClosed
from tests.support.candidate.interviewee import floor_is_open
from tests.support.client import Caller
from tests.support.transcript import transcribe

QUESTIONS = 15
FEEDBACK_WITHIN_SEC = 240.0
"""The assessor works after an attempt; the next conversation waits for it, since it would cost it time."""
WORKER_LATEST_SEC, HEARD_LATEST_SEC = -0.1, 0.6
"""By how much a heard response may differ from the worker's count of the same reply."""


@dataclass
class Conversation:
    """What is known of one attempt while it lasts."""

    attempt_id: str
    candidate: Candidate
    performed: list[Performed]
    events: list[Event]
    began_at: float = 0.0
    """The attempt's start on the candidate's clock."""


async def converse(
    caller: Caller, library: ClipLibrary, results: Results, exchanges: list[Exchange], recordings: Path
) -> None:
    """Do as many of the exchanges, all in one voice, as the interview lets happen."""
    Performer.load(library, exchanges)
    interview = await caller.create_interview(QUESTIONS)
    started = await caller.start_attempt(interview.id)
    connection = started.connection
    async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
        conversation = Conversation(started.attempt.id, candidate, [], [])
        try:
            await _exchange_all(caller, library, results, exchanges, conversation)
        except RoomClosed:
            pass  # What was said is measured; the rest is for the next conversation.
        except WaitedInVain as error:
            results["unanswered"].add(f"{started.attempt.id}", 1.0, problem=str(error)[:300])
        if not candidate.has_ended:
            await caller.end(started.attempt.id)
            await candidate.ended()
    await caller.over(started.attempt.id)
    await _keep_what_needs_the_whole(caller, results, conversation)
    await asyncio.to_thread(keep_recording, conversation, recordings / f"{exchanges[0].key}-{started.attempt.id[:8]}")
    await caller.settled_feedback(started.attempt.id, FEEDBACK_WITHIN_SEC)


async def _exchange_all(
    caller: Caller, library: ClipLibrary, results: Results, exchanges: list[Exchange], conversation: Conversation
) -> None:
    candidate = conversation.candidate
    performer = Performer(candidate, library, exchanges[0].voice)
    await candidate.interviewer_speaking(0.05)
    conversation.began_at = await _attempt_start(caller, conversation)
    greeting = next((exchange for exchange in exchanges if not exchange.pieces), None)
    if greeting is not None:
        done = Performed(greeting, started_at=candidate.clock.now())
        await performer.disturb_and_interrupt(greeting, done)
        done.ended_at = candidate.clock.now()
        await _measure(caller, results, conversation, done)
    await performer.floor_is_open()
    ready = library.get("ready", exchanges[0].voice)
    while candidate.phase == "introduction":
        await candidate.say_now(ready)
        await floor_is_open(candidate)
    for exchange in exchanges:
        if exchange.pieces and not candidate.has_ended and candidate.phase != "closing":
            await _measure(caller, results, conversation, await performer.perform(exchange))


async def _attempt_start(caller: Caller, conversation: Conversation) -> float:
    attempt = await caller.attempt(conversation.attempt_id)
    if attempt.started_at is None:
        raise RuntimeError(f"attempt {attempt.id} never started")
    return attempt.started_at.timestamp() - conversation.candidate.wall_time(0.0)


async def _written(caller: Caller, conversation: Conversation) -> Written:
    return Written.on_clock(await caller.turns(conversation.attempt_id), conversation.began_at)


async def _measure(caller: Caller, results: Results, conversation: Conversation, done: Performed) -> None:
    written = await _written(caller, conversation)
    conversation.performed.append(done)
    conversation.events += await keep_exchange(results, conversation.candidate, done, written)


async def _keep_what_needs_the_whole(caller: Caller, results: Results, conversation: Conversation) -> None:
    written = await _written(caller, conversation)
    attempt = await caller.attempt(conversation.attempt_id)
    await _keep_transcripts(results, conversation, written)
    keys = [done.exchange.key for done in conversation.performed]
    heard = [(key, _value(results, key)) for key in keys]
    counted = [delay / 1000 for delay in attempt.measurements.response_delay_ms]
    for key, sec, worker_sec in paired([(key, sec) for key, sec in heard if sec is not None], counted):
        results.keep("worker-response", key, worker_sec, heard_sec=sec)


def paired(heard: list[tuple[str, float]], counted: list[float]) -> Iterator[tuple[str, float, float]]:
    """Each heard response with the worker's count of the same reply, both in order; some of either have no partner."""
    position = 0
    for key, sec in heard:
        for index in range(position, len(counted)):
            if WORKER_LATEST_SEC <= sec - counted[index] <= HEARD_LATEST_SEC:
                yield key, sec, counted[index]
                position = index + 1
                break


def _value(results: Results, key: str) -> float | None:
    return next((sample.value for sample in results["response"].samples if sample.key == key), None)


async def _keep_transcripts(results: Results, conversation: Conversation, written: Written) -> None:
    """What was written of an utterance that was broken off, against what Whisper hears in the received sound."""
    stopped_after = {sample.key: sample.value for sample in results["interruptions"].samples}
    for position, done in enumerate(conversation.performed):
        following = conversation.performed[position + 1 : position + 2]
        answered_until = following[0].answer.end if following else done.ended_at
        for number, sounded in enumerate(done.interruptions):
            key = f"{done.exchange.key}/{number}"
            if (after_sec := stopped_after.get(key)) is not None:
                stopped_at = sounded.span.start + after_sec
                next_speech = Span(sounded.span.start, answered_until)
                await _keep_transcript(results, conversation.candidate, written, key, stopped_at, next_speech)


async def _keep_transcript(
    results: Results, candidate: Candidate, written: Written, key: str, stopped_at: float, next_speech: Span
) -> None:
    turn = written.interviewer_at(next_speech.start)
    if turn is None:
        results.keep("transcripts", key, None, problem="no turn of what was heard", in_order=False)
        return
    heard = await asyncio.to_thread(transcribe, candidate.recording(turn.span.start - 0.5, stopped_at + 0.1).voice)
    results.keep(
        "transcripts",
        key,
        float(words_not_heard(turn.turn.text, heard)),
        in_order=written.is_in_order_around(turn, next_speech),
        marked_interrupted=turn.turn.interrupted,
        written=turn.turn.text,
        heard=heard,
    )


def keep_recording(conversation: Conversation, folder: Path) -> None:
    """Stereo sound, what happened, and the picture of both."""
    candidate = conversation.candidate
    candidate.save(folder)
    recording = candidate.recording()
    tracks = {"candidate": recording.own, "interviewer": recording.voice, "listening": recording.listening}
    picture = draw(f"{folder.parent.name} {folder.name}", tracks, conversation.events)
    (folder / "timeline.svg").write_text(picture, encoding="utf-8")
