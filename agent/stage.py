"""Voice and ears of one room, wired to one conversation."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from livekit.agents import Agent, AgentSession, CloseEvent, ErrorEvent, JobContext, stt
from livekit.agents.inference import TurnDetector

from agent.conversation import Conversation
from agent.listening.attach import Listening
from agent.listening.ears import Ears
from agent.listening.interruptions import Interruptions
from agent.listening.noise_gate import NoiseGate
from agent.listening.thinking_room import (
    Delays,
    Endpointing,
    Expected,
    PlainDelays,
    ThinkingRoom,
    expected_after,
)
from agent.listening.turn_taking import TurnTaking
from agent.listening.turns import CandidateTurn
from agent.loudspeaker import Loudspeaker
from agent.recording.tap import SoundTap
from agent.session import build_session, room_options
from agent.settings import WorkerSettings
from agent.speech.choice import choose_stages
from agent.speech.delivery import set_delivery
from agent.speech.factory import build_stt, build_tts
from agent.speech.models import SpeechModels
from agent.transcript import Transcript
from agent.voice import SessionVoice
from storage.models.attempt import Measurements
from storage.models.transcript import Act

log = structlog.get_logger()

_LONGEST_RESPONSE_MS = 10_000


@dataclass(slots=True)
class Stage:
    session: AgentSession[None]
    loudspeaker: Loudspeaker
    listening: Listening | None
    turn_taking: TurnTaking
    conversation: Conversation
    expect: Callable[[Sequence[str], Sequence[str]], None]
    """Tells the recogniser which words may come next, and what a short answer most probably is."""
    response_delay_ms: list[int]
    stages: dict[str, str]

    def measurements(self) -> Measurements:
        """Since it was opened."""
        return Measurements(
            response_delay_ms=self.response_delay_ms,
            interruptions=self.conversation.interruptions,
            stages=self.stages,
            back_channels=self.listening.given if self.listening is not None else 0,
            delivery_styles=self.conversation.deliveries.counts,
        )

    async def close(self) -> None:
        self.turn_taking.close()
        if self.listening is not None:
            await self.listening.aclose()
        await self.session.aclose()
        await self.loudspeaker.aclose()


async def open_stage(
    ctx: JobContext,
    *,
    settings: WorkerSettings,
    models: SpeechModels,
    vocabulary: Sequence[str],
    transcript: Transcript,
    expected: Callable[[Act, str], Expected | None] = expected_after,
    short_replies: bool = False,
    recorder: SoundTap | None = None,
) -> Stage:
    """Starts to listen in the connected room, and can speak from here on.

    Args:
        vocabulary: words to expect, the most important first.
        expected: how long an answer may be to what is said.
        short_replies: none is expected to be long.
        recorder: is told of all sound. None without the candidate's consent.
    """
    ears = Ears(
        build_stt(settings, models, vocabulary, short_replies=short_replies),
        detector=models.vad,
        turn_detector=TurnDetector(version="v1-mini"),
    )
    tts = build_tts(settings, models)
    session = build_session(ears, tts)
    delays_ms: list[int] = []
    turn_taking: TurnTaking

    def first_sound(at: float) -> None:
        # only a reply follows speech closely: an opening or a nudge after silence is no response time
        delay_ms = round((at - turn_taking.last_voiced_at) * 1000)
        if turn_taking.last_voiced_at and delay_ms < _LONGEST_RESPONSE_MS:
            delays_ms.append(delay_ms)

    loudspeaker = session.output.audio = Loudspeaker()
    voice = SessionVoice(
        session, loudspeaker, set_style=lambda style: set_delivery(tts, style), on_first_sound=first_sound
    )
    conversation = Conversation(voice, transcript)
    endpointing = _endpointing(settings)
    turn_taking = TurnTaking(
        endpointing,
        Interruptions(
            pause_after_sec=settings.interruption_pause_after_sec or None,
            min_speech_sec=settings.interruption_min_speech_sec,
            interviewer_is_speaking=lambda: voice.is_speaking,
            interviewer_words=lambda: voice.words,
            on_pause=voice.pause,
            on_resume=voice.resume,
            on_interruption=voice.stop,
        ),
        on_turn=_then(ears, conversation.heard_turn),
        on_heard=conversation.turn_grows,
        speech_may_begin=ears.onset.is_beginning,
        words_are_owed=ears.words_are_owed,
    )
    ears.listener = turn_taking
    ears.gate = NoiseGate(
        below_db=settings.background_below_db or None, interviewer_is_speaking=lambda: voice.is_speaking
    )
    listening = _listening(settings, models, ears, turn_taking, voice)
    conversation.candidate_is_speaking = lambda: turn_taking.candidate_is_speaking
    conversation.candidate_voiced_at = lambda: turn_taking.last_voiced_at
    conversation.floor_given = turn_taking.floor.give
    conversation.finish_turn = turn_taking.finish
    conversation.absence.nobody_listens_in = turn_taking.candidate_left
    conversation.absence.somebody_speaks_again = turn_taking.candidate_back
    conversation.asked = lambda act, text: endpointing.expect(expected(act, text))
    _break_off_with(session, conversation)
    if recorder is not None:
        _record(recorder, ears, loudspeaker, listening)
    await session.start(agent=Agent(instructions=""), room=ctx.room, room_options=room_options(), record=False)
    loudspeaker.start(ctx.room)
    if listening is not None:
        listening.start(ctx.room)
    choice = choose_stages(settings)
    stages = {
        "vad": "silero",
        "end_of_turn": "livekit:v1-mini",
        "stt": f"{choice.stt.name}:{choice.stt.model}",
        "llm": f"{choice.llm.name}:{choice.llm.model}",
        "tts": f"{choice.tts.name}:{choice.tts.model}",
    }
    return Stage(
        session=session,
        loudspeaker=loudspeaker,
        listening=listening,
        turn_taking=turn_taking,
        conversation=conversation,
        expect=ears.expect,
        response_delay_ms=delays_ms,
        stages=stages,
    )


def _record(recorder: SoundTap, ears: Ears, loudspeaker: Loudspeaker, listening: Listening | None) -> None:
    ears.on_frame = recorder.heard
    loudspeaker.record_with(recorder.track("voice"))
    if listening is not None:
        listening.record_with(recorder.track("listening"))


def _listening(
    settings: WorkerSettings, models: SpeechModels, ears: Ears, turn_taking: TurnTaking, voice: SessionVoice
) -> Listening | None:
    if not settings.back_channels:
        return None
    listening = Listening(
        ears,
        turn_taking,
        per_minute=settings.back_channels_per_minute,
        manner=lambda: voice.style.manner,
        interviewer_is_speaking=lambda: voice.is_speaking,
    )
    listening.render(settings, models)
    return listening


def _endpointing(settings: WorkerSettings) -> Endpointing:
    delays = Delays(
        min_sec=settings.endpointing_min_delay_sec,
        unsure_sec=settings.endpointing_unsure_delay_sec,
        max_sec=settings.endpointing_max_delay_sec,
        doubtful_sec=settings.endpointing_doubtful_delay_sec,
        open_sec=settings.endpointing_open_delay_sec,
        hold_sec=settings.thinking_time_sec,
    )
    kind = ThinkingRoom if settings.thinking_room else PlainDelays
    return kind(settings.end_of_turn_threshold, delays)


def _break_off_with(session: AgentSession[None], conversation: Conversation) -> None:
    """A deaf or closed session leaves the candidate in silence: the job breaks off, and a new one is dispatched."""

    def failed(event: ErrorEvent) -> None:
        if isinstance(event.error, stt.STTError) and not event.error.recoverable:
            log.error("ears_failed", error=type(event.error.error).__name__)
            conversation.break_off()

    def closed(event: CloseEvent) -> None:
        if event.error is not None:
            log.error("session_closed", reason=event.reason.value)
            conversation.break_off()

    session.on("error", failed)
    session.on("close", closed)


def _then(ears: Ears, heard_turn: Callable[[CandidateTurn], None]) -> Callable[[CandidateTurn], None]:
    loop = asyncio.get_running_loop()

    def on_turn(turn: CandidateTurn) -> None:
        log.info(
            "turn_ended",
            silence_ms=round((loop.time() - turn.ended_at) * 1000),
            end_of_turn_probability=turn.end_of_turn_probability,
            stop_probability=turn.stop_probability,
            last_word_confidence=turn.last_word_confidence,
            words=len(turn.text.split()),
            cut_off=turn.cut_off,
            given_ms=round(turn.given_sec * 1000),
            text_after_ms=round(turn.text_after_sec * 1000),
        )
        ears.on_turn_taken()
        heard_turn(turn)

    return on_turn
