"""Recognition of a running audio stream.

Speech is cut into segments at its pauses. A segment's decode begins with the first window of silence, before the
voice activity detector is sure at 0.25 s that it ended; if speech resumes, that decode is withdrawn. So the final text
is mostly there when the end of the speech is.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from livekit import rtc
from livekit.agents import APIConnectOptions, stt, utils, vad
from livekit.agents.stt import SpeechEventType

from agent.speech.vad import VOICED_PROBABILITY
from agent.speech.whisper import context
from agent.speech.whisper.context import Context, end_is_unsure, with_mark_of
from agent.speech.whisper.decoder import Decoder
from agent.speech.whisper.events import speech_data
from agent.speech.whisper.hint import Hint
from agent.speech.whisper.history import SampleHistory, quietest_position
from agent.speech.whisper.model import SAMPLE_RATE, Samples
from agent.speech.whisper.segments import Owed, Segment, Speculation
from agent.speech.whisper.transcription import Transcription


def _samples(seconds: float) -> int:
    return int(seconds * SAMPLE_RATE)


_PRE_ROLL = _samples(0.5)
_SPECULATE_AFTER = _samples(0.03)
"""One window of the detector. Of 65 times that it heard silence within 490 s of recorded answers, 7 ended after one
window and 5 after two: waiting for a third would save a sixth of the decodes, and delay all others by 0.06 s."""
_LONGEST_SEGMENT = _samples(12.0)
_CUT_WITHIN = _samples(3.0)
"""A segment that gets too long is cut at the quietest spot of its last seconds."""
_CUT_WINDOW = _samples(0.03)
_SEAM_FROM = _samples(8.0)
"""From this length on, a pause is taken as a seam: its decode is kept when speech resumes. Sooner would leave less to
decode at the end of an answer, but a last sentence by itself is less surely one (97 % of 64 answers have a certainty of
0.8 of their mark, and with what was said before 100 %), and more words are wrong (1.2 % with 3 s, 1.0 % with 8 s)."""
_SEAM_PAUSE = _samples(0.18)
_LAG = _samples(0.3)
"""Of the detector behind the sound; it needs a fiftieth of a second where a core is free."""


class WhisperStream(stt.RecognizeStream):
    """One stream of recognition; `WhisperSTT.stream` makes it.

    Each stretch of speech gives START_OF_SPEECH, INTERIM_TRANSCRIPT every second at first and then less often,
    PREFLIGHT_TRANSCRIPT when it pauses, END_OF_SPEECH, PREFLIGHT_TRANSCRIPT once more where the mark at its end is
    listened to again together with what was said before, one FINAL_TRANSCRIPT unless nothing was recognised, and always
    RECOGNITION_USAGE: with that it is settled. Speech beyond 12 s gives a FINAL_TRANSCRIPT and RECOGNITION_USAGE for
    each piece. Finals come in the order of speech; START_OF_SPEECH of the next stretch may come before the final of
    the last.
    """

    def __init__(
        self,
        recogniser: stt.STT[Any],
        *,
        decoder: Decoder,
        voice_activity: vad.VAD,
        hint: Callable[[], Hint],
        conn_options: APIConnectOptions,
    ) -> None:
        super().__init__(stt=recogniser, conn_options=conn_options, sample_rate=SAMPLE_RATE)
        self._decoder = decoder
        self._voice_activity = voice_activity
        self._hint = hint
        self._history = SampleHistory()
        self._open: Segment | None = None
        self._before = Context()
        self._detected_until = 0
        self._owed = utils.aio.Chan[Owed]()
        self._newest_request_id = ""
        self._undelivered = 0
        self._settled = asyncio.Event()
        self._settled.set()

    @property
    def is_behind(self) -> bool:
        """Whether speech that has paused or ended is still being decoded: its words will come, however late.

        Speech that goes on is no debt, but where the detector lags, nobody knows yet whether it does.
        """
        if self._history.end - self._detected_until > _LAG:
            return True
        speculation = self._open.speculation if self._open is not None else None
        return self._undelivered > 0 or (speculation is not None and not speculation.decode.done())

    @property
    def settled(self) -> bool:
        """Whether all speech noticed so far has its final result out: nothing is open and nothing is owed."""
        return self._settled.is_set()

    async def wait_settled(self) -> None:
        """Wait until the newest segment, also one that begins meanwhile, has its final result out."""
        await self._settled.wait()

    async def _run(self) -> None:
        activity = self._voice_activity.stream()
        feeding = asyncio.create_task(self._feed(activity))
        delivering = asyncio.create_task(self._deliver())
        try:
            async for event in activity:
                self._on_activity(event)
            await feeding
            if self._open is not None:
                self._close(self._open, speech_end=self._history.end, ended_at=time.time())
            self._owed.close()
            await delivering
        finally:
            await utils.aio.cancel_and_wait(feeding, delivering)
            await activity.aclose()
            self._settled.set()

    async def _feed(self, activity: vad.VADStream) -> None:
        async for item in self._input_ch:
            if isinstance(item, rtc.AudioFrame):
                self._history.append(np.frombuffer(item.data, np.int16))
                activity.push_frame(item)
        activity.end_input()

    def _on_activity(self, event: vad.VADEvent) -> None:
        position = self._detected_until = event.samples_index
        if event.type == vad.VADEventType.START_OF_SPEECH:
            self._on_start(position, int(event.speech_duration * SAMPLE_RATE))
        elif event.type == vad.VADEventType.END_OF_SPEECH:
            self._on_end(position - int(event.silence_duration * SAMPLE_RATE))
        elif self._open is not None:
            self._on_window(self._open, position, voiced=event.probability > VOICED_PROBABILITY)
        else:
            self._history.forget_before(position - context.LONGEST - context.MOST_PAUSE - 2 * _PRE_ROLL)

    def _on_start(self, position: int, spoken: int) -> None:
        speech_start = max(self._before.end, position - spoken)
        start = max(self._before.end, speech_start - _PRE_ROLL)
        self._open_segment(start=start, speech_start=speech_start, position=position)
        self._event_ch.send_nowait(stt.SpeechEvent(SpeechEventType.START_OF_SPEECH, self._newest_request_id))

    def _on_end(self, speech_end: int) -> None:
        if self._open is None:
            return
        # The latest sample received is as old as the network made it, which the session's own clock ignores as well.
        ended_at = time.time() - (self._history.end - speech_end) / SAMPLE_RATE
        self._close(self._open, speech_end=speech_end, ended_at=ended_at)

    def _on_window(self, segment: Segment, position: int, *, voiced: bool) -> None:
        """Take note of one more window of the detector within speech."""
        pause = position - segment.last_voiced
        speculation = segment.speculation
        if not voiced:
            if speculation is None and pause >= _SPECULATE_AFTER:
                self._speculate(segment, position)
            return
        segment.last_voiced = position
        if speculation is not None:
            segment.speculation = None
            if speculation.until - segment.start >= _SEAM_FROM and pause >= _SEAM_PAUSE:
                self._cut(segment, speculation.until, speculation.decode, position)
            else:
                speculation.decode.cancel()
        elif position - segment.start >= _LONGEST_SEGMENT:
            self._cut_in_speech(segment, position)
        elif position - segment.last_interim >= segment.interim_after and not self._decoder.busy:
            self._draft(segment, position)

    def _speculate(self, segment: Segment, position: int) -> None:
        decode = self._decode(segment, position)
        speculation = segment.speculation = Speculation(decode, position)

        def announce(done: asyncio.Future[Transcription]) -> None:
            if done.cancelled() or done.exception() is not None or segment.speculation is not speculation:
                return
            if self._open is segment:
                self._send_text(SpeechEventType.PREFLIGHT_TRANSCRIPT, segment, done.result(), segment.last_voiced)

        decode.add_done_callback(announce)

    def _draft(self, segment: Segment, position: int) -> None:
        segment.last_interim = position

        def announce(done: asyncio.Future[Transcription]) -> None:
            if not done.cancelled() and done.exception() is None and self._open is segment:
                self._send_text(SpeechEventType.INTERIM_TRANSCRIPT, segment, done.result(), position)

        draft = self._decoder.submit(self._history.between(segment.start, position), self._hint(), draft=True)
        draft.add_done_callback(announce)

    def _cut_in_speech(self, segment: Segment, position: int) -> None:
        from_position = position - _CUT_WITHIN
        cut = from_position + quietest_position(self._history.between(from_position, position), _CUT_WINDOW)
        self._cut(segment, cut, self._decode(segment, cut), position)

    def _cut(self, segment: Segment, until: int, decode: asyncio.Future[Transcription], position: int) -> None:
        """Settle the segment up to `until` while speech goes on in the next one."""
        self._owe(Owed(segment, decode, until, speech_end=until))
        self._before.close(segment, until)
        self._open_segment(start=until, speech_start=until, position=position)

    def _open_segment(self, *, start: int, speech_start: int, position: int) -> None:
        self._newest_request_id = utils.shortuuid("whisper_")
        self._settled.clear()
        self._open = Segment(
            self._newest_request_id, start, speech_start, last_voiced=position, last_interim=speech_start
        )

    def _close(self, segment: Segment, *, speech_end: int, ended_at: float) -> None:
        self._open = None
        if segment.speculation is not None:
            decode, until = segment.speculation.decode, segment.speculation.until
        else:
            until = self._history.end
            decode = self._decode(segment, until)
        mark_from = self._before.start_for_mark(segment, until)
        mark = None if mark_from is None else self._history.between(mark_from, until)
        self._before.close(segment, until)
        self._event_ch.send_nowait(
            stt.SpeechEvent(SpeechEventType.END_OF_SPEECH, segment.request_id, speech_end_time=ended_at)
        )
        self._owe(Owed(segment, decode, until, speech_end, ended_at, mark))

    def _owe(self, owed: Owed) -> None:
        self._undelivered += 1
        self._owed.send_nowait(owed)

    def _decode(self, segment: Segment, until: int) -> asyncio.Future[Transcription]:
        start = self._before.start_for_scrap(segment, until)
        context_sec = (segment.start - start) / SAMPLE_RATE
        return self._decoder.submit(self._history.between(start, until), self._hint(), context_sec=context_sec)

    async def _deliver(self) -> None:
        """Send the final results in the order of the segments."""
        async for owed in self._owed:
            transcription = await owed.decode
            if owed.with_context is not None and end_is_unsure(transcription) and self._is_newest(owed.segment):
                self._send_text(SpeechEventType.PREFLIGHT_TRANSCRIPT, owed.segment, transcription, owed.speech_end)
                transcription = await self._with_surer_mark(transcription, owed, owed.with_context)
            if transcription.text:
                self._send_text(
                    SpeechEventType.FINAL_TRANSCRIPT, owed.segment, transcription, owed.speech_end, owed.ended_at
                )
            usage = stt.RecognitionUsage(audio_duration=(owed.until - owed.segment.start) / SAMPLE_RATE)
            self._event_ch.send_nowait(
                stt.SpeechEvent(SpeechEventType.RECOGNITION_USAGE, owed.segment.request_id, recognition_usage=usage)
            )
            self._undelivered -= 1
            if self._is_newest(owed.segment):
                self._settled.set()

    async def _with_surer_mark(self, transcription: Transcription, owed: Owed, samples: Samples) -> Transcription:
        """Whether a sentence has ended decides how long the candidate is waited for."""
        context_sec = (len(samples) - (owed.until - owed.segment.start)) / SAMPLE_RATE
        return with_mark_of(transcription, await self._decoder.submit(samples, self._hint(), context_sec=context_sec))

    def _is_newest(self, segment: Segment) -> bool:
        return segment.request_id == self._newest_request_id

    def _send_text(
        self,
        kind: SpeechEventType,
        segment: Segment,
        transcription: Transcription,
        speech_end: int,
        ended_at: float | None = None,
    ) -> None:
        # an empty preview says that there are no words so far; a draft may come when nobody listens any more
        is_empty = not transcription.text and kind is not SpeechEventType.PREFLIGHT_TRANSCRIPT
        if is_empty or self._event_ch.closed:
            return
        data = speech_data(
            transcription,
            start_sec=segment.speech_start / SAMPLE_RATE,
            end_sec=speech_end / SAMPLE_RATE,
            audio_start_sec=segment.start / SAMPLE_RATE,
            offset_sec=self.start_time_offset,
        )
        self._event_ch.send_nowait(stt.SpeechEvent(kind, segment.request_id, [data], speech_end_time=ended_at))
