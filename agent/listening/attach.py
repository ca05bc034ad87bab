"""Ties the interviewer's back-channels to one room."""

from collections.abc import Callable

import structlog
from livekit import rtc
from livekit.agents import APIError

from agent.background import Background
from agent.delivery.styles import Manner
from agent.listening.backchannels import BackChannelRules, BackChannels
from agent.listening.ears import Ears
from agent.listening.listening_track import SAMPLE_RATE, ListeningTrack
from agent.listening.turn_taking import TurnTaking
from agent.recording.tap import SourceTap
from agent.settings import WorkerSettings
from agent.speech.factory import build_tts
from agent.speech.listening_sounds import ListeningSounds, render_hosted
from agent.speech.models import SpeechModels

log = structlog.get_logger()


class Listening:
    """The interviewer's sounds while it listens: decided by `BackChannels`, played on a track of their own."""

    def __init__(
        self,
        ears: Ears,
        turn_taking: TurnTaking,
        *,
        per_minute: float,
        manner: Callable[[], Manner],
        interviewer_is_speaking: Callable[[], bool],
    ) -> None:
        self._track = ListeningTrack()
        self._manner = manner
        self._background = Background()
        self.sounds: ListeningSounds | None = None
        """None until they are rendered: nothing is played before."""
        self._back_channels = BackChannels(
            BackChannelRules(per_minute=per_minute),
            answering_since=lambda: turn_taking.answering_since,
            interviewer_is_speaking=interviewer_is_speaking,
            speech_may_begin=ears.onset.is_beginning,
            candidate_is_loud=lambda: ears.gate.is_loud,
            sounds=lambda: list(self.sounds.fitting(manner())) if self.sounds is not None else [],
            play=self._play,
            stop=self._track.stop,
            leave_floor_until=turn_taking.floor.leave_until,
        )
        ears.pause_watcher = self._back_channels

    @property
    def given(self) -> int:
        """Sounds that were started in this job."""
        return self._back_channels.given

    def record_with(self, tap: SourceTap) -> None:
        self._track.record_with(tap)

    def start(self, room: rtc.Room) -> None:
        self._background.start(self._track.publish(room), name="listening.publish")

    def render(self, settings: WorkerSettings, models: SpeechModels) -> None:
        """Has the sounds made by the voice of this interview: on this machine they are there already."""
        self.sounds = models.listening_sounds
        if self.sounds is None:
            self._background.start(self._render_hosted(settings, models), name="listening.render")

    async def aclose(self) -> None:
        await self._background.close()
        await self._track.aclose()

    async def _render_hosted(self, settings: WorkerSettings, models: SpeechModels) -> None:
        voice = build_tts(settings, models)
        try:
            self.sounds = await render_hosted(voice, level_db=-settings.back_channel_below_speech_db)
        except APIError as error:
            log.warning("no_listening_sounds", error=type(error).__name__)
        finally:
            await voice.aclose()

    def _play(self, name: str) -> float:
        assert self.sounds is not None  # noqa: S101  # only names of its own are drawn
        sound = self.sounds.fitting(self._manner())[name]
        self._track.play(sound)
        return len(sound) / SAMPLE_RATE
