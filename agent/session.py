"""The AgentSession: stages from settings, our own turn taking, nothing of the cloud."""

from typing import Any

from livekit.agents import AgentSession, room_io, tts

from agent.caption_pace import keep_an_even_pace
from agent.listening.ears import Ears

_INPUT_FRAME_MS = 20
"""The default of 50 ms costs 45 ms of response time (facts, livekit.md section 2.13)."""


def build_session(ears: Ears, voice: tts.TTS[Any]) -> AgentSession[None]:
    """Turn taking is `manual`: `listening.TurnTaking` alone decides when a turn ends and when speech is stopped.

    There is no VAD in the session, because it would pause and interrupt speech by rules of its own.
    """
    keep_an_even_pace()
    return AgentSession(
        stt=ears,
        tts=voice,
        vad=None,
        turn_handling={
            "turn_detection": "manual",
            "interruption": {"mode": "vad"},
            "preemptive_generation": {"enabled": False},
        },
        aec_warmup_duration=None,
        user_away_timeout=None,
    )


def room_options() -> room_io.RoomOptions:
    return room_io.RoomOptions(
        audio_input=room_io.AudioInputOptions(
            sample_rate=16_000,
            num_channels=1,
            frame_size_ms=_INPUT_FRAME_MS,
            # it lifts a television that is 15 dB below the candidate to 4 dB below; browsers have a gain control
            auto_gain_control=False,
        ),
        # `Loudspeaker` is set as the output before the session starts
        audio_output=False,
        # Text would reach the model past the state machine.
        text_input=False,
        # A reload of the page is a disconnect and a return; absence is ours to judge.
        close_on_disconnect=False,
        delete_room_on_close=False,
    )
