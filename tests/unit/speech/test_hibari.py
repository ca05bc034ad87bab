"""The voice on this machine: what it says, how soon, how loud."""

import time
from collections.abc import AsyncGenerator
from typing import cast

import numpy as np
import numpy.typing as npt
import pytest
from livekit.agents.types import USERDATA_TIMED_TRANSCRIPT, TimedString
from livekit.agents.utils import is_given

from agent.delivery.styles import NEUTRAL, DeliveryStyle, Manner
from agent.speech.hibari.clauses import ClauseCutter
from agent.speech.hibari.lexicon import spoken_form
from agent.speech.hibari.tts import HibariTTS
from agent.speech.hibari.voice import SAMPLE_RATE, HibariVoice
from agent.speech.whisper.model import WhisperModel
from tests.unit.speech.conftest import Speak
from tests.unit.speech.hearing import words_of

pytestmark = pytest.mark.unit

QUESTION = "How would you design a rate limiter for a public API?"
LONG = (
    "Thank you, that helps me to see where you started from. Now tell me about a time when you disagreed with a "
    "colleague, and what the two of you did about it."
)


@pytest.fixture
async def interviewer(voice: HibariVoice) -> AsyncGenerator[HibariTTS]:
    made = HibariTTS(voice)
    yield made
    await made.aclose()


class Utterance:
    def __init__(self) -> None:
        self.first_audio_sec = 0.0
        self.samples: npt.NDArray[np.int16] = np.zeros(0, np.int16)
        self.words: list[TimedString] = []

    @property
    def duration_sec(self) -> float:
        return len(self.samples) / SAMPLE_RATE


async def utter(interviewer: HibariTTS, *texts: str) -> Utterance:
    utterance, parts = Utterance(), list[npt.NDArray[np.int16]]()
    async with interviewer.stream() as stream:
        started = time.perf_counter()
        for text in texts:
            stream.push_text(text)
        stream.end_input()
        async for audio in stream:
            utterance.first_audio_sec = utterance.first_audio_sec or time.perf_counter() - started
            parts.append(np.frombuffer(audio.frame.data, np.int16))
            utterance.words += cast(list[TimedString], audio.frame.userdata.get(USERDATA_TIMED_TRANSCRIPT, []))
    utterance.samples = np.concatenate(parts)
    return utterance


async def test_the_first_clause_is_out_long_before_the_whole(interviewer: HibariTTS):
    utterance = await utter(interviewer, LONG)
    assert utterance.duration_sec > 6
    assert utterance.first_audio_sec < 0.5  # 10-25 ms on a quiet machine


async def test_speech_starts_without_silence(interviewer: HibariTTS):
    utterance = await utter(interviewer, QUESTION)
    first_sound = np.flatnonzero(np.abs(utterance.samples.astype(np.int32)) > 200)[0]
    assert first_sound / SAMPLE_RATE < 0.05


@pytest.mark.parametrize("text", [QUESTION, LONG, "Redis  and Node.js,\nor O(n log n)?", "Right."])
async def test_captions_are_the_text_and_run_with_the_audio(interviewer: HibariTTS, text: str):
    utterance = await utter(interviewer, text)
    assert "".join(utterance.words) == text
    ends = 0.0
    for word in utterance.words:
        assert is_given(word.start_time)
        assert is_given(word.end_time)
        assert ends - 0.001 <= word.start_time <= word.end_time
        ends = word.end_time
    assert ends <= utterance.duration_sec + 0.02


async def test_text_in_bits_sounds_like_text_in_one_piece(interviewer: HibariTTS):
    whole = await utter(interviewer, QUESTION)
    bits = await utter(interviewer, *(QUESTION[start : start + 3] for start in range(0, len(QUESTION), 3)))
    assert bits.duration_sec == pytest.approx(whole.duration_sec, abs=0.02)
    assert "".join(bits.words) == QUESTION


async def test_a_text_without_words_is_silence_and_no_failure(interviewer: HibariTTS):
    utterance = await utter(interviewer, "…")
    assert not utterance.samples.any()


async def test_synthesize_says_the_same(interviewer: HibariTTS):
    frame = await interviewer.synthesize(QUESTION).collect()
    assert frame.duration == pytest.approx((await utter(interviewer, QUESTION)).duration_sec, abs=0.1)


MANNERS: list[Manner] = ["neutral", "warm", "curious", "encouraging", "calm", "firm"]


@pytest.mark.parametrize("manner", MANNERS)
def test_every_style_is_as_loud_and_as_clear(voice: HibariVoice, whisper: WhisperModel, say: Speak, manner: Manner):
    pcm = voice.render(QUESTION, DeliveryStyle(manner)) / 32768.0
    sound = pcm[np.abs(pcm) > 0.004]
    level_dbfs = 20 * np.log10(np.sqrt(np.mean(np.square(sound))))
    assert level_dbfs == pytest.approx(-20.0, abs=2.0)
    assert np.abs(pcm).max() < 1.0
    assert words_of(whisper.transcribe(say(QUESTION, DeliveryStyle(manner))).text) == words_of(QUESTION)


def test_styles_sound_different_and_intensity_lies_between(voice: HibariVoice):
    neutral, half, calm = (
        len(voice.render(QUESTION, style)) for style in (NEUTRAL, DeliveryStyle("calm", 0.5), DeliveryStyle("calm"))
    )
    assert neutral < half < calm


async def test_an_utterance_keeps_the_style_it_began_with(interviewer: HibariTTS):
    interviewer.style = DeliveryStyle("calm")
    stream = interviewer.stream()
    interviewer.style = NEUTRAL
    stream.push_text(QUESTION)
    stream.end_input()
    calm = sum([audio.frame.samples_per_channel async for audio in stream])
    await stream.aclose()
    assert calm > len((await utter(interviewer, QUESTION)).samples)


async def test_a_back_channel_is_rendered_once(interviewer: HibariTTS):
    first = await interviewer.render("Right.", DeliveryStyle("warm"))
    assert 0.2 < len(first) / SAMPLE_RATE < 1.0
    assert await interviewer.render("Right.", DeliveryStyle("warm")) is first


def test_what_is_read_wrong_is_respelled_and_the_rest_stays():
    assert spoken_form("Redis at O(n log n), e.g. **fast**") == "[Redis](/ɹˈɛdɪs/) at O of n log n, for example  fast "
    assert spoken_form("Tell me about a rediscovery.") == "Tell me about a rediscovery."


def cut(*texts: str) -> list[str]:
    cutter = ClauseCutter()
    pieces = [piece for text in texts for piece in cutter.push(text)] + cutter.flush()
    return [piece.text for piece in pieces]


def test_the_first_clause_of_a_long_sentence_is_said_alone_and_later_ones_are_not():
    assert cut(LONG) == [
        "Thank you, that helps me to see where you started from. ",
        "Now tell me about a time when you disagreed with a colleague, and what the two of you did about it.",
    ]
    long_first = "When you joined that team, which was the first problem that you decided to work on, and why?"
    assert cut(long_first)[0] == "When you joined that team, "


def test_abbreviations_and_numbers_end_no_sentence():
    assert cut("Ask Dr. Smith about version 3.5 of it. Then go on.") == [
        "Ask Dr. Smith about version 3.5 of it. ",
        "Then go on.",
    ]


def test_arriving_text_is_cut_without_loss():
    pieces = cut(*LONG)
    assert "".join(pieces) == LONG
    assert pieces[0] == "Thank you, that helps me to see where you started from. "[: len(pieces[0])]
