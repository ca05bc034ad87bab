"""Voice and ears of one room, wired to one conversation."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from livekit.agents import Agent, AgentSession, CloseEvent, ErrorEvent, JobContext, stt
from livekit.agents.inference import TurnDetector

from agent.conversation import Conversation
from agent.listening.ears import Ears
from agent.listening.thinking_room import ThinkingRoom
from agent.listening.turn_taking import TurnTaking
from agent.listening.turns import CandidateTurn
from agent.session import build_session, room_options
from agent.settings import WorkerSettings
from agent.speech.choice import choose_stages
from agent.speech.delivery import set_delivery
from agent.speech.factory import build_stt, build_tts
from agent.speech.models import SpeechModels
from agent.transcript import Transcript
from agent.voice import SessionVoice
from storage.models.attempt import Measurements

log = structlog.get_logger()

_LONGEST_RESPONSE_MS = 10_000


@dataclass(slots=True)
class Stage:
    session: AgentSession[None]
    turn_taking: TurnTaking
    conversation: Conversation
    response_delay_ms: list[int]
    stages: dict[str, str]

    def measurements(self) -> Measurements:
        return Measurements(
            response_delay_ms=self.response_delay_ms[-1000:],
            interruptions=self.conversation.interruptions,
            stages=self.stages,
        )

    async def close(self) -> None:
        self.turn_taking.close()
        await self.session.aclose()


async def open_stage(
    ctx: JobContext,
    *,
    settings: WorkerSettings,
    models: SpeechModels,
    vocabulary: Sequence[str],
    transcript: Transcript,
) -> Stage:
    """Starts to listen in the connected room, and can speak from here on."""
    ears = Ears(
        build_stt(settings, models, vocabulary),
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

    voice = SessionVoice(session, set_style=lambda style: set_delivery(tts, style), on_first_sound=first_sound)
    conversation = Conversation(voice, transcript)
    turn_taking = TurnTaking(
        ThinkingRoom(
            threshold=settings.end_of_turn_threshold,
            min_delay_sec=settings.endpointing_min_delay_sec,
            unsure_delay_sec=settings.endpointing_unsure_delay_sec,
            max_delay_sec=settings.endpointing_max_delay_sec,
        ),
        interruption_min_speech_sec=settings.interruption_min_speech_sec,
        interviewer_is_speaking=lambda: voice.is_speaking,
        on_turn=_then(ears, conversation.heard_turn),
        on_interruption=voice.stop,
        speech_may_begin=ears.onset.is_beginning,
    )
    ears.listener = turn_taking
    conversation.candidate_is_speaking = lambda: turn_taking.candidate_is_speaking
    conversation.finish_turn = turn_taking.finish
    _break_off_with(session, conversation)
    await session.start(agent=Agent(instructions=""), room=ctx.room, room_options=room_options(), record=False)
    choice = choose_stages(settings)
    stages = {
        "vad": "silero",
        "end_of_turn": "livekit:v1-mini",
        "stt": f"{choice.stt.name}:{choice.stt.model}",
        "llm": f"{choice.llm.name}:{choice.llm.model}",
        "tts": f"{choice.tts.name}:{choice.tts.model}",
    }
    return Stage(
        session=session, turn_taking=turn_taking, conversation=conversation, response_delay_ms=delays_ms, stages=stages
    )


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
            words=len(turn.text.split()),
        )
        ears.on_turn_taken()
        heard_turn(turn)

    return on_turn
