"""The ears: one wrapping `stt.STT` through which all of the candidate's sound and text passes.

It feeds each frame to the voice activity detector, the turn detector and the recogniser, tells `TurnTaking` what they
say, and hands recognised text on to the session for captions. It is the same object for the whole job, so that no
words are lost at the seams between the parts of an interview; no agent overrides `stt_node`.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from livekit import rtc
from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, APIConnectOptions, NotGivenOr, stt, utils, vad
from livekit.agents.inference import TurnDetector
from livekit.agents.utils import AudioBuffer
from livekit.agents.voice.turn import TurnDetectionEvent

from agent.listening.ear_ports import Expectant, KnowsWhatItOwes, Listener, PauseWatcher
from agent.listening.noise_gate import NoiseGate
from agent.listening.onset import OnsetWatch
from agent.listening.pre_roll import PreRoll
from agent.listening.recognised import as_recognised
from agent.listening.turns import VoiceWindow

SAMPLE_RATE = 16_000
_PREDICT_AT_SILENCE_SEC = (0.1, 0.35)
"""After the detector's last voiced window, which is 0.11 s behind the last sound. Early enough for a quick reply, and
again for a careful one: complete sentences against cuts inside them have AUC 0.75 at 0.2 s of silence, 0.84 at 0.5 s
and 0.82 for the mean of both (bench.thinking_room, development set)."""
_EARLY_PATIENCE_SEC = 0.2
"""Silence until which turn taking's first request waits for the answer to a pause watcher's: a request takes the place
of the one before, and on a busy machine an answer takes longer than the time between the two."""


_VOICED_PROBABILITY = 0.5
_GAP_SEC = 0.5
_GAP_CHECK_SEC = 0.1


class Ears(stt.STT[Any]):
    """Wraps a recogniser. `listener` is set before the session starts."""

    def __init__(self, recogniser: stt.STT[Any], *, detector: vad.VAD, turn_detector: TurnDetector) -> None:
        super().__init__(
            capabilities=stt.STTCapabilities(streaming=True, interim_results=recogniser.capabilities.interim_results)
        )
        self.recogniser = recogniser
        self.detector = detector
        self.turn_detector = turn_detector
        self.onset = OnsetWatch()
        self.gate = NoiseGate(below_db=None)
        """Set before the session starts; by default everything is heard."""
        self.listener: Listener | None = None
        self.pause_watcher: PauseWatcher | None = None
        self.on_frame: Callable[[rtc.AudioFrame], None] = lambda _: None
        """Called with each frame as it comes from the microphone."""
        self.on_turn_taken: Callable[[], None] = lambda: None
        """Called by the owner when a turn ended, so that the turn detector starts afresh."""
        self.recognition: stt.RecognizeStream | None = None
        """Of the stretch of listening that is going on."""

    @property
    def model(self) -> str:
        return self.recogniser.model

    @property
    def provider(self) -> str:
        return self.recogniser.provider

    def expect(self, vocabulary: Sequence[str], choices: Sequence[str] = ()) -> None:
        """Words of what comes next, the most important first, and what a short answer most probably is; nothing changes
        where the recogniser can't be told."""
        if isinstance(self.recogniser, Expectant):
            self.recogniser.expect(vocabulary, choices)

    def words_are_owed(self) -> bool:
        """Whether the recogniser is known to be at work on what was said. Never, where it doesn't tell."""
        return isinstance(self.recognition, KnowsWhatItOwes) and self.recognition.is_behind

    async def _recognize_impl(
        self, buffer: AudioBuffer, *, language: NotGivenOr[str] = NOT_GIVEN, conn_options: APIConnectOptions
    ) -> stt.SpeechEvent:
        return await self.recogniser.recognize(buffer, language=language, conn_options=conn_options)

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> "EarStream":
        return EarStream(self, conn_options=conn_options, language=language)

    async def aclose(self) -> None:
        await self.recogniser.aclose()


class EarStream(stt.RecognizeStream):
    """One continuous stretch of listening."""

    def __init__(self, ears: Ears, *, conn_options: APIConnectOptions, language: NotGivenOr[str]) -> None:
        super().__init__(stt=ears, conn_options=conn_options, sample_rate=SAMPLE_RATE)
        self._ears = ears
        self._language = language
        self._heard_sec = 0.0
        """Seconds of audio heard so far: the detectors' own time, and the recogniser's but for its pre-roll."""
        self._heard_at = asyncio.get_running_loop().time()
        """Loop time at which that much had been heard."""
        self._pre_roll = PreRoll()

    async def _run(self) -> None:
        recognition = self._ears.recogniser.stream(language=self._language, conn_options=self._conn_options)
        detection = self._ears.detector.stream()
        prediction = self._ears.turn_detector.stream()
        self._ears.on_turn_taken = lambda: prediction.flush("turn ended")
        self._ears.recognition = recognition
        # a second run, after a failure, has new streams that count from 0
        self._heard_sec, self._heard_at = 0.0, asyncio.get_running_loop().time()
        self._pre_roll = PreRoll()
        tasks = [
            asyncio.create_task(self._forward(recognition, detection, prediction.push_audio), name="ears.forward"),
            asyncio.create_task(self._watch_voice(detection, prediction.predict), name="ears.voice"),
            asyncio.create_task(self._watch_text(recognition), name="ears.text"),
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            self._ears.on_turn_taken = lambda: None
            self._ears.recognition = None
            await utils.aio.cancel_and_wait(*tasks)
            await asyncio.gather(recognition.aclose(), detection.aclose(), prediction.aclose())

    async def _forward(
        self, recognition: stt.RecognizeStream, detection: vad.VADStream, push_audio: Callable[[rtc.AudioFrame], None]
    ) -> None:
        def push(frame: rtc.AudioFrame) -> None:
            self._heard_sec += frame.duration
            self._heard_at = asyncio.get_running_loop().time()
            gate = self._ears.gate
            passed = gate.filtered(frame)
            self._ears.onset.push(passed)
            given_now = self._pre_roll.frames(
                frame, passed, gate_is_open=gate.is_open, over_interviewer=gate.interviewer_is_speaking()
            )
            for given in given_now:
                recognition.push_frame(given)
            detection.push_frame(passed)
            push_audio(passed)

        filling = asyncio.create_task(self._fill_gaps(push), name="ears.fill_gaps")
        try:
            async for frame in self._input_ch:
                if isinstance(frame, self._FlushSentinel):
                    recognition.flush()
                else:
                    self._ears.on_frame(frame)
                    push(frame)
        finally:
            await utils.aio.cancel_and_wait(filling)
        recognition.end_input()
        detection.end_input()

    async def _fill_gaps(self, push: Callable[[rtc.AudioFrame], None]) -> None:
        """Hears silence where no sound arrives: muted, reloading, not there yet.

        Else speech that a mute cuts off would never end, and the streams' time would fall behind the loop's.
        """
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_GAP_CHECK_SEC)
            missing_sec = loop.time() - self._heard_at
            if missing_sec < _GAP_SEC or not self._input_ch.empty():
                continue
            while missing_sec >= _GAP_CHECK_SEC:
                push(_silence(_GAP_CHECK_SEC))
                missing_sec -= _GAP_CHECK_SEC
            self._heard_at -= missing_sec

    async def _watch_voice(
        self, detection: vad.VADStream, predict: Callable[[], asyncio.Future[TurnDetectionEvent]]
    ) -> None:
        listener = self._listener
        asked: asyncio.Future[TurnDetectionEvent] | None = None
        asked_early: asyncio.Future[TurnDetectionEvent] | None = None
        times_asked = 0
        spoke = False

        watcher = self._ears.pause_watcher

        def answered(future: asyncio.Future[TurnDetectionEvent]) -> None:
            if future is asked and (probability := _answer(future)) is not None:
                listener.predicted(probability)

        def answered_early(future: asyncio.Future[TurnDetectionEvent]) -> None:
            if watcher is not None and (probability := _answer(future)) is not None:
                watcher.predicted(probability)

        async for event in detection:
            if event.type is not vad.VADEventType.INFERENCE_DONE:
                continue
            self._ears.gate.learn(voiced=event.probability >= _VOICED_PROBABILITY)
            silence_sec = event.raw_accumulated_silence
            window = VoiceWindow(
                at=self._loop_time(event.timestamp),
                speech_probability=event.probability,
                silence_sec=silence_sec,
                speaking=event.speaking,
            )
            listener.hear(window)
            if watcher is not None:
                watcher.hear(window)
                # a request supersedes the one before: turn taking's is never taken away
                if watcher.wants_prediction() and asked is None:
                    asked_early = predict()
                    asked_early.add_done_callback(answered_early)
            awaits_early = asked_early is not None and not asked_early.done() and silence_sec < _EARLY_PATIENCE_SEC
            if silence_sec == 0.0:
                asked, times_asked = None, 0
                spoke = event.speaking
            elif awaits_early:
                continue
            elif (
                spoke
                and times_asked < len(_PREDICT_AT_SILENCE_SEC)
                and silence_sec >= _PREDICT_AT_SILENCE_SEC[times_asked]
            ):
                times_asked += 1
                asked = predict()
                asked.add_done_callback(answered)

    async def _watch_text(self, recognition: stt.RecognizeStream) -> None:
        listener = self._listener
        kinds = stt.SpeechEventType
        async for event in recognition:
            text = event.alternatives[0].text.strip() if event.alternatives else ""
            if event.type is kinds.PREFLIGHT_TRANSCRIPT and not text:
                listener.interim("")
            elif event.type in (kinds.PREFLIGHT_TRANSCRIPT, kinds.FINAL_TRANSCRIPT) and event.alternatives:
                heard = as_recognised(
                    event.alternatives[0],
                    final=event.type is kinds.FINAL_TRANSCRIPT,
                    loop_time=self._recognised_time,
                    heard_at=self._heard_at,
                )
                listener.recognised(heard)
            elif event.type is kinds.INTERIM_TRANSCRIPT and text:
                listener.interim(text)
            elif event.type is kinds.RECOGNITION_USAGE and _is_settled(recognition):
                listener.settled()
            if event.type is not kinds.PREFLIGHT_TRANSCRIPT:
                self._event_ch.send_nowait(event)

    @property
    def _listener(self) -> Listener:
        if self._ears.listener is None:
            raise RuntimeError("Ears.listener must be set before listening starts")
        return self._ears.listener

    def _loop_time(self, stream_sec: float) -> float:
        """Loop time of a moment of the stream. Exact while frames flow; a gap moves only what came before it."""
        return self._heard_at - max(0.0, self._heard_sec - stream_sec)

    def _recognised_time(self, given_sec: float) -> float:
        """Loop time of a moment of the recogniser's sound."""
        return self._loop_time(self._pre_roll.heard_sec(given_sec))


def _is_settled(recognition: stt.RecognizeStream) -> bool:
    """Never known of one that doesn't tell."""
    return isinstance(recognition, KnowsWhatItOwes) and recognition.settled


def _answer(future: asyncio.Future[TurnDetectionEvent]) -> float | None:
    """None where there is none: a superseded request resolves with 0.0 and no duration."""
    if future.cancelled() or future.result().inference_duration is None:
        return None
    return future.result().end_of_turn_probability


def _silence(seconds: float) -> rtc.AudioFrame:
    return rtc.AudioFrame.create(SAMPLE_RATE, 1, round(seconds * SAMPLE_RATE))
