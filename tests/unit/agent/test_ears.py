"""The ears with the real detector, turn detector and recogniser: what they report, and when."""

import asyncio

import numpy as np
import pytest
from livekit.agents import stt
from livekit.agents.inference import TurnDetector
from livekit.agents.language import LanguageCode
from scipy.signal import resample_poly

from agent.delivery.styles import NEUTRAL
from agent.listening.ears import Ears
from agent.listening.recognised import as_recognised
from agent.listening.turns import Recognised, VoiceWindow
from agent.settings import ProviderSettings
from agent.speech.models import SpeechModels, load_speech_models
from agent.speech.whisper.stt import WhisperSTT
from tests.unit.speech.hearing import Samples, push, silence, words_of

pytestmark = pytest.mark.unit
SENTENCE = "Then we put the counters in a local cache."


class Notes:
    def __init__(self) -> None:
        self.windows: list[VoiceWindow] = []
        self.probabilities: list[float] = []
        self.texts: list[Recognised] = []
        self.settled_at: list[float] = []
        self.final_came = asyncio.Semaphore(0)

    def hear(self, window: VoiceWindow) -> None:
        self.windows.append(window)

    def predicted(self, probability: float) -> None:
        self.probabilities.append(probability)

    def recognised(self, heard: Recognised) -> None:
        self.texts.append(heard)
        if heard.final:
            self.final_came.release()

    def interim(self, text: str) -> None: ...

    def settled(self) -> None:
        self.settled_at.append(asyncio.get_running_loop().time())

    @property
    def voiced(self) -> list[VoiceWindow]:
        return [window for window in self.windows if window.speaking and window.silence_sec == 0.0]


@pytest.fixture(scope="module")
def models() -> SpeechModels:
    configured = ProviderSettings()
    return load_speech_models(
        ProviderSettings.model_construct(
            mock_interview_cache_dir=configured.mock_interview_cache_dir, whisper_model_dir=configured.whisper_model_dir
        )
    )


@pytest.fixture(scope="module")
def sentence(models: SpeechModels) -> Samples:
    assert models.hibari is not None
    return resample_poly(models.hibari.render(SENTENCE, NEUTRAL) / 32768.0, 2, 3).astype(np.float32)


async def speak_in_real_time(stream: stt.RecognizeStream, samples: Samples) -> None:
    loop = asyncio.get_running_loop()
    started_at = loop.time()
    for start in range(0, len(samples), 320):
        push(stream, samples[start : start + 320])
        await asyncio.sleep(max(0.0, started_at + (start + 320) / 16_000 - loop.time()))


async def test_speech_that_a_mute_cuts_off_is_recognised_and_has_the_times_at_which_it_was_said(
    models: SpeechModels, sentence: Samples
):
    assert models.whisper is not None
    recogniser, notes, loop = WhisperSTT(models.whisper, models.vad), Notes(), asyncio.get_running_loop()
    ears = Ears(recogniser, detector=models.vad, turn_detector=TurnDetector(version="v1-mini"))
    ears.listener = notes
    stream = ears.stream()
    try:
        await speak_in_real_time(stream, silence(0.5))
        for _ in range(2):
            began_at = loop.time()
            await speak_in_real_time(stream, sentence)
            ended_at = loop.time()
            # muted: not one frame arrives
            async with asyncio.timeout(15):
                await notes.final_came.acquire()
            heard = [text for text in notes.texts if text.final][-1]
            assert words_of(heard.text) == words_of(SENTENCE)
            assert began_at - 0.3 < heard.words[0].started_at < began_at + 0.7
            assert ended_at - 0.7 < heard.words[-1].ended_at < ended_at + 0.4
            assert ended_at - 0.7 < notes.voiced[-1].at < ended_at + 0.4
            assert heard.covers_until >= notes.voiced[-1].at - 0.35
            assert notes.probabilities
            assert all(0.0 <= probability <= 1.0 for probability in notes.probabilities)
            await asyncio.sleep(1.5)
        assert notes.settled_at
    finally:
        await stream.aclose()
        await ears.aclose()


class Watcher:
    """Asks in the second silent window of each pause."""

    def __init__(self) -> None:
        self.silent_windows = 0
        self.probabilities: list[float] = []

    def hear(self, window: VoiceWindow) -> None:
        self.silent_windows = 0 if window.silence_sec == 0.0 else self.silent_windows + 1

    def wants_prediction(self) -> bool:
        return self.silent_windows == 2

    def predicted(self, probability: float) -> None:
        self.probabilities.append(probability)


async def test_who_watches_pauses_is_answered_early_and_turn_taking_as_ever(models: SpeechModels, sentence: Samples):
    assert models.whisper is not None
    notes, watcher = Notes(), Watcher()
    ears = Ears(
        WhisperSTT(models.whisper, models.vad),
        detector=models.vad,
        turn_detector=TurnDetector(version="v1-mini"),
    )
    ears.listener, ears.pause_watcher = notes, watcher
    stream = ears.stream()
    try:
        await speak_in_real_time(stream, np.concatenate([silence(0.5), sentence, silence(1.5)]))
        assert watcher.probabilities
        assert notes.probabilities
    finally:
        await stream.aclose()
        await ears.aclose()


def test_text_without_times_counts_as_just_heard():
    said = stt.SpeechData(language=LanguageCode("en"), text="Hello there.")
    heard = as_recognised(said, final=True, loop_time=lambda sec: sec, heard_at=20.0)
    assert (heard.started_at, heard.covers_until) == (20.0, 20.0)
