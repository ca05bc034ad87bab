"""Streaming recognition with the real models: texts, order of events, and what is owed."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

import numpy as np
import pytest
from livekit.agents import stt
from livekit.agents.stt import SpeechEventType
from livekit.agents.utils import is_given
from livekit.plugins import silero

from agent.speech.models import SpeechModels
from agent.speech.whisper.events import WhisperSpeechData
from agent.speech.whisper.hint import Hint
from agent.speech.whisper.model import NO_HINT, SAMPLE_RATE, WhisperModel
from agent.speech.whisper.stream import WhisperStream
from agent.speech.whisper.stt import WhisperSTT
from agent.speech.whisper.transcription import Transcription
from tests.support.client import eventually
from tests.unit.speech.conftest import Speak
from tests.unit.speech.hearing import Samples, count, finals, hear, heard_words, in_a_row, push, silence, words_of

pytestmark = pytest.mark.unit

Play = Callable[[str], Samples]
LIMITER = "We used a token bucket, and I measured the latency before and after."
CACHE = "Then we put the counters in a local cache."


@pytest.fixture
async def recogniser(models: SpeechModels, whisper: WhisperModel) -> AsyncGenerator[WhisperSTT]:
    made = WhisperSTT(whisper, models.vad)
    yield made
    await made.aclose()


def kinds(events: list[stt.SpeechEvent]) -> list[SpeechEventType]:
    return [event.type for event in events]


async def test_a_sentence_gives_its_events_in_order(recogniser: WhisperSTT, say: Speak):
    events = await hear(recogniser, in_a_row(silence(0.6), say(CACHE), silence(1.0)))
    without_interims = [kind for kind in kinds(events) if kind is not SpeechEventType.INTERIM_TRANSCRIPT]
    without_preflights = [kind for kind in without_interims if kind is not SpeechEventType.PREFLIGHT_TRANSCRIPT]
    assert without_preflights == [
        SpeechEventType.START_OF_SPEECH,
        SpeechEventType.END_OF_SPEECH,
        SpeechEventType.FINAL_TRANSCRIPT,
        SpeechEventType.RECOGNITION_USAGE,
    ]
    assert heard_words(events) == words_of(CACHE)


async def test_two_sentences_three_tenths_apart_lose_nothing_at_the_seam(recogniser: WhisperSTT, say: Speak):
    events = await hear(recogniser, in_a_row(silence(0.6), say(LIMITER), silence(0.3), say(CACHE), silence(1.0)))
    assert heard_words(events) == words_of(f"{LIMITER} {CACHE}")
    ended = count(events, SpeechEventType.END_OF_SPEECH)
    assert ended == count(events, SpeechEventType.START_OF_SPEECH) == len(finals(events))


async def test_thirty_seconds_without_a_pause_lose_nothing(recogniser: WhisperSTT, say: Speak):
    told = (
        "We used a token bucket and I measured the latency before and after the change and then I moved the counters "
        "to a local cache because the old limiter blocked for too long and the team agreed that we should roll it out "
        "slowly behind a flag with a dashboard for each region so that we could stop at any time when the error rate "
        "went up and after two weeks we had it everywhere and the latency went down which was more than anyone had "
        "expected from it"
    )
    half = len(told.split()) // 2
    speech = in_a_row(say(" ".join(told.split()[:half])), say(" ".join(told.split()[half:])))
    assert len(speech) / SAMPLE_RATE > 20
    events = await hear(recogniser, in_a_row(silence(0.6), speech, silence(1.0)))
    spoken, heard = words_of(told), heard_words(events)
    assert set(spoken) - set(heard) <= {"limiter"}, "words are missing"
    assert abs(len(heard) - len(spoken)) <= 3
    assert max(final.end_time - final.start_time for final in finals(events)) <= 12.1


async def test_words_are_the_text_and_lie_within_their_segment(recogniser: WhisperSTT, clip: Play):
    events = await hear(
        recogniser,
        in_a_row(silence(0.6), clip("feedback-story.am_michael"), silence(0.4), clip("ready.af_bella"), silence(1)),
    )
    before = 0.0
    for final in finals(events):
        assert final.words
        assert " ".join(final.words) == final.text
        assert 0.0 <= final.confidence <= 1.0
        for word in final.words:
            assert is_given(word.start_time)
            assert is_given(word.end_time)
            assert is_given(word.confidence)
            assert before <= word.start_time <= word.end_time <= final.end_time + 0.001
            assert final.start_time - 0.001 <= word.start_time
            assert 0.0 <= word.confidence <= 1.0
            before = word.start_time


async def test_word_times_are_where_the_words_are(recogniser: WhisperSTT, say: Speak):
    gap, lead = 0.14, 0.6
    parts, onsets = [silence(lead)], list[float]()
    for word in ["nobody", "wanted", "that", "database", "after", "lunch"]:
        onsets.append(sum(map(len, parts)) / SAMPLE_RATE)
        parts += [say(word), silence(gap)]
    events = await hear(recogniser, in_a_row(*parts, silence(1.0)))
    heard = {
        words_of(word)[0]: word.start_time
        for final in finals(events)
        for word in final.words or []
        if is_given(word.start_time)
    }
    found = [
        (heard[word], onset)
        for word, onset in zip(["nobody", "wanted", "that", "database", "after", "lunch"], onsets, strict=True)
        if word in heard
    ]
    assert len(found) >= 5
    assert float(np.median([abs(at - onset) for at, onset in found])) < 0.06


@pytest.mark.parametrize("name", ["yes.am_michael", "wait.af_bella", "stop.am_michael", "right.am_michael"])
async def test_a_lone_word_survives(recogniser: WhisperSTT, clip: Play, name: str):
    events = await hear(recogniser, in_a_row(silence(0.6), clip(name), silence(1.0)))
    assert heard_words(events) == [name.split(".")[0]]


@pytest.mark.parametrize("word", ["Yes.", "No."])
async def test_yes_and_no_survive_right_after_a_sentence(recogniser: WhisperSTT, say: Speak, word: str):
    events = await hear(recogniser, in_a_row(silence(0.6), say(CACHE), silence(0.6), say(word), silence(1.0)))
    assert heard_words(events) == words_of(f"{CACHE} {word}")


async def test_the_last_words_of_speech_that_seems_unfinished_are_not_left_out(whisper: WhisperModel, clip: Play):
    speech = clip("rest-design.af_bella")
    last_sound = int(np.flatnonzero(np.abs(speech) > 0.01)[-1])
    heard = whisper.transcribe(in_a_row(silence(0.5), speech[:last_sound], silence(0.1)))
    assert words_of(heard.text)[-4:] == ["from", "the", "first", "day"]


async def test_a_scrap_of_a_sentence_is_heard_with_what_came_before(recogniser: WhisperSTT, clip: Play):
    parts = [clip(f"open-contrast.am_michael.{number}") for number in (1, 2)]
    events = await hear(recogniser, in_a_row(silence(0.5), parts[0], silence(0.45), parts[1], silence(1.0)))
    heard = heard_words(events)
    assert heard.count("but") == 1
    assert heard.index("but") < heard.index("memory")


class Doubting(WhisperModel):
    """Is sure of no mark, unless it hears what was said before as well."""

    def __init__(self, model: WhisperModel) -> None:
        self._really = model
        self.name = model.name

    def transcribe(
        self, samples: Samples, hint: Hint = NO_HINT, *, draft: bool = False, context_sec: float = 0.0
    ) -> Transcription:
        heard = self._really.transcribe(samples, hint, draft=draft, context_sec=context_sec)
        if context_sec > 0.0 or not heard.words:
            return heard
        return replace(heard, words=(*heard.words[:-1], replace(heard.words[-1], stop_probability=0.5)))


async def test_an_unsure_mark_is_heard_again_with_what_was_said_before(
    models: SpeechModels, whisper: WhisperModel, clip: Play
):
    recogniser = WhisperSTT(Doubting(whisper), models.vad)
    events = await hear(recogniser, in_a_row(silence(0.5), clip("feedback-story.am_michael"), silence(1.0)))
    of_last = [event for event in events if event.request_id == events[-1].request_id and event.alternatives]
    assert kinds(of_last)[-2:] == [SpeechEventType.PREFLIGHT_TRANSCRIPT, SpeechEventType.FINAL_TRANSCRIPT]
    first, again = (event.alternatives[0] for event in of_last[-2:])
    assert isinstance(first, WhisperSpeechData)
    assert isinstance(again, WhisperSpeechData)
    assert again.text == first.text
    assert first.stop_probability == 0.5
    assert (again.stop_probability or 0) > 0.8
    await recogniser.aclose()


def noise(kind: str) -> Samples:
    random, seconds = np.random.default_rng(0), 3
    at_sec = np.arange(seconds * SAMPLE_RATE) / SAMPLE_RATE
    made = {
        "silence": np.zeros_like(at_sec),
        "white noise": random.normal(0, 0.05, len(at_sec)),
        "room tone": random.normal(0, 0.002, len(at_sec)),
        "mains hum": 0.1 * np.sin(2 * np.pi * 100 * at_sec),
    }
    return made[kind].astype(np.float32)


@pytest.mark.parametrize("kind", ["silence", "white noise", "room tone", "mains hum"])
async def test_noise_has_no_text_even_where_it_is_taken_for_speech(
    recogniser: WhisperSTT, whisper: WhisperModel, kind: str
):
    assert finals(await hear(recogniser, in_a_row(silence(0.5), noise(kind), silence(1.0)))) == []
    assert whisper.transcribe(noise(kind)).text == ""
    assert whisper.transcribe(noise(kind)[:SAMPLE_RATE], draft=True).text == ""


@pytest.mark.parametrize("name", ["keyboard.code", "hum.code"])
async def test_a_recorded_noise_settles_without_text(recogniser: WhisperSTT, clip: Play, name: str):
    events = await hear(recogniser, in_a_row(silence(0.5), clip(name), silence(1.0)))
    assert finals(events) == []
    started = count(events, SpeechEventType.START_OF_SPEECH)
    assert count(events, SpeechEventType.RECOGNITION_USAGE) == started


async def in_step(stream: WhisperStream) -> bool:
    async def look() -> bool:
        return not stream.is_behind

    return await eventually(look, bool, within_sec=10, every_sec=0.01)


async def test_a_stream_is_settled_only_when_the_newest_segment_has_its_final(recogniser: WhisperSTT, say: Speak):
    stream = recogniser.stream()
    seen: list[SpeechEventType] = []
    assert stream.settled

    async def until(kind: SpeechEventType) -> None:
        async for event in stream:
            seen.append(event.type)
            if event.type is kind:
                return

    push(stream, in_a_row(silence(0.6), say(CACHE)))
    await asyncio.wait_for(until(SpeechEventType.START_OF_SPEECH), 10)
    assert not stream.settled
    assert stream.is_behind, "all was pushed at once, and the detector is still at it"
    assert await in_step(stream), "speech that goes on is no debt"
    waiting = asyncio.create_task(stream.wait_settled())
    push(stream, silence(0.8))
    await asyncio.wait_for(until(SpeechEventType.END_OF_SPEECH), 10)
    assert stream.is_behind or SpeechEventType.FINAL_TRANSCRIPT in seen
    await asyncio.wait_for(until(SpeechEventType.RECOGNITION_USAGE), 10)
    await asyncio.wait_for(waiting, 10)
    assert SpeechEventType.FINAL_TRANSCRIPT in seen
    assert stream.settled
    assert not stream.is_behind

    push(stream, say(LIMITER))
    await asyncio.wait_for(until(SpeechEventType.START_OF_SPEECH), 10)
    assert not stream.settled, "a newer segment owes its final, whatever the last one delivered"
    await stream.aclose()


async def test_a_stream_that_ends_in_mid_word_still_delivers(recogniser: WhisperSTT, say: Speak):
    speech = say(LIMITER)
    events = await hear(recogniser, in_a_row(silence(0.6), speech[: int(len(speech) * 0.8)]))
    assert len(finals(events)) == count(events, SpeechEventType.END_OF_SPEECH)
    assert heard_words(events)[:4] == words_of(LIMITER)[:4]


async def test_the_speculative_text_comes_before_the_end_of_speech_in_real_time(whisper: WhisperModel, say: Speak):
    # a segment that ends late leaves a busy machine three seconds for the speculative text
    patient = silero.VAD.load(min_silence_duration=3.0, sample_rate=SAMPLE_RATE)
    recogniser = WhisperSTT(whisper, patient, [])
    stream = recogniser.stream()
    events: list[stt.SpeechEvent] = []

    async def collect() -> None:
        async for event in stream:
            events.append(event)

    collecting = asyncio.create_task(collect())
    audio = in_a_row(silence(0.3), say(CACHE), silence(4.0))
    step = SAMPLE_RATE // 50
    started = asyncio.get_running_loop().time()
    for start in range(0, len(audio), step):
        push(stream, audio[start : start + step])
        ahead = start / SAMPLE_RATE - (asyncio.get_running_loop().time() - started)
        await asyncio.sleep(max(0.0, ahead))
    stream.end_input()
    await collecting
    await stream.aclose()
    order = kinds(events)
    assert SpeechEventType.INTERIM_TRANSCRIPT in order
    assert SpeechEventType.PREFLIGHT_TRANSCRIPT in order
    assert order.index(SpeechEventType.PREFLIGHT_TRANSCRIPT) < order.index(SpeechEventType.FINAL_TRANSCRIPT)
    final = next(event for event in events if event.type is SpeechEventType.FINAL_TRANSCRIPT)
    assert final.speech_end_time is not None
    assert 0.2 < final.created_at - final.speech_end_time < 6.0
    await recogniser.aclose()


async def test_the_vocabulary_makes_a_rare_term_heard(models: SpeechModels, whisper: WhisperModel, say: Speak):
    speech = in_a_row(silence(0.6), say("I would shard by tenant id."), silence(1.0))
    recogniser = WhisperSTT(whisper, models.vad, ["shard", "tenant id"])
    assert heard_words(await hear(recogniser, speech)) == words_of("I would shard by tenant id")
    assert "tenant id" in recogniser.hint.prompt
    recogniser.expect(["PostgreSQL"])
    assert "tenant" not in recogniser.hint.prompt
    await recogniser.aclose()
