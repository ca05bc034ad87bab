"""A scripted voice candidate. It knows a server URL and a participant token, and nothing else about the product."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile as sf

from tests.support.candidate.audio import LEAD_SEC, SAMPLE_RATE, TAIL_SEC, Samples, Span, silence
from tests.support.candidate.clips import Clip
from tests.support.candidate.participant import Participant

SILENCE_WHILE_BUSY_SEC = 4.0
"""The interviewer says that it is thinking, yet says nothing: the candidate doesn't wait for ever."""


class WaitedInVain(AssertionError):  # noqa: N818 - reads as what happened
    """The interviewer didn't do what the script waited for."""


class RoomClosed(ConnectionError):  # noqa: N818 - reads as what happened
    """The room ended while the script was still waiting for something."""


@dataclass(frozen=True)
class Played:
    label: str
    text: str
    span: Span


class Candidate(Participant):
    """Speaks clips. After `say`, the interviewer's turn is awaited from the end of what was said: a script is a list of
    calls.
    """

    def __init__(self) -> None:
        super().__init__()
        self.played: list[Played] = []
        self.spoke_until = 0.0

    # ------------------------------------------------------------------ script
    async def say(
        self,
        *clips: Clip,
        after_silence: float = 1.0,
        pauses: float | list[float] = 0.5,
        within_sec: float = 40.0,
    ) -> Played:
        """Wait for the interviewer to have spoken and fallen silent, then say the clips as one answer."""
        await self.interviewer_finished(after_silence, within_sec)
        return await self.say_now(*clips, pauses=pauses)

    async def say_now(self, *clips: Clip, pauses: float | list[float] = 0.5) -> Played:
        """Say the clips at once. `pauses` are the seconds between the parts' speech: one for all, or one each."""
        parts = [part for clip in clips for part in clip.parts]
        gaps = pauses if isinstance(pauses, list) else [pauses] * (len(parts) - 1)
        if len(gaps) != len(parts) - 1:
            raise ValueError(f"{len(parts)} parts have {len(parts) - 1} pauses between them, got {len(gaps)}")
        pieces = [parts[0]]
        for gap, part in zip(gaps, parts[1:], strict=True):
            pieces += [silence(max(0.0, gap - TAIL_SEC - LEAD_SEC)), part]
        label, text = "+".join(clip.label for clip in clips), " ".join(clip.text for clip in clips)
        return await self.play(np.concatenate(pieces), label=label, text=text)

    async def play(self, sound: Samples, *, label: str, text: str = "") -> Played:
        """Send a sound at once; it takes the floor as speech does."""
        span = await self.microphone.play(sound)
        played = Played(label=label, text=text, span=span)
        self.played.append(played)
        self.spoke_until = span.end
        return played

    async def interrupt(self, clip: Clip, *, at: float = 2.0, within_sec: float = 40.0) -> Played:
        """Speak into the interviewer's speech, `at` seconds after it began, to get the floor."""
        await self.interviewer_speaking(at, within_sec)
        return await self.say_now(clip)

    async def acknowledge(self, clip: Clip, *, at: float = 2.0, within_sec: float = 40.0) -> Played:
        """Say "mhm" into the interviewer's speech. It is still the interviewer's turn afterwards."""
        await self.interviewer_speaking(at, within_sec)
        before = self.spoke_until
        played = await self.say_now(clip)
        self.spoke_until = before
        return played

    def loop_background(self, sound: Samples | None) -> None:
        self.microphone.loop_background(sound)

    # ------------------------------------------------------------------ waiting
    async def until(self, happened: Callable[[], bool], within_sec: float, what: str) -> float:
        """Look at every frame of the microphone whether something has happened; the time at which it had.

        Raises:
            WaitedInVain: it hasn't after `within_sec` seconds.
            RoomClosed: the room ended first.
        """
        limit = self.clock.now() + within_sec
        while not happened():
            if self.closed.is_set():
                raise RoomClosed(f"the room closed while waiting for {what}")
            if self.clock.now() > limit:
                raise WaitedInVain(f"waited {within_sec:g} s in vain for {what}; attributes {self.attributes}")
            self.pulse.clear()
            await self.pulse.wait()
        return self.clock.now()

    async def interviewer_finished(self, after_silence: float = 1.0, within_sec: float = 40.0) -> None:
        """The interviewer has spoken since the candidate last did, and has been silent for so long.

        On a busy machine its question may come a second after "Thanks.": while it says that it is at it, more is
        waited for, though not for ever.
        """
        since = self.spoke_until - 0.3
        await self.until(
            lambda: self.has_heard_all_since(since, after_silence),
            within_sec,
            f"the interviewer to speak and be silent for {after_silence:g} s",
        )

    def has_heard_all_since(self, since: float, after_silence: float) -> bool:
        """The interviewer has spoken after that moment, and nothing more seems to come."""
        silent_sec = self.hearing.silent_for(self.clock.now())
        return self.hearing.has_spoken_since(since) and silent_sec >= self._patience_sec(after_silence)

    def _patience_sec(self, after_silence: float) -> float:
        return max(after_silence, SILENCE_WHILE_BUSY_SEC) if self.interviewer_is_at_it else after_silence

    async def interviewer_speaking(self, for_sec: float = 0.3, within_sec: float = 40.0) -> float:
        """The interviewer has been speaking for so long, in an utterance that began after the candidate last spoke."""
        since = self.spoke_until - 0.3
        return await self.until(
            lambda: self.hearing.speaking_for(self.clock.now(), since) >= for_sec,
            within_sec,
            f"the interviewer to speak for {for_sec:g} s",
        )

    async def ended(self, within_sec: float = 60.0) -> None:
        """The interview is over: phase `ended`, or the room is gone."""
        if self.closed.is_set():
            return
        await self.until(lambda: self.has_ended, within_sec, "the end of the interview")

    # ------------------------------------------------------------------ what was recorded
    def save(self, folder: Path) -> None:
        """Keep the run: stereo sound (candidate left, interviewer right), captions and events."""
        folder.mkdir(parents=True, exist_ok=True)
        recording = self.recording()
        stereo = np.stack([recording.own, recording.voice + recording.listening], axis=1)
        sf.write(str(folder / "conversation.flac"), stereo[::3], SAMPLE_RATE // 3)
        seen: dict[str, Any] = {
            "played": [asdict(played) for played in self.played],
            "captions": [asdict(segment) for segment in self.captions.segments],
            "notes": [asdict(note) for note in self.notes],
            "times_late": self.microphone.times_late,
            "jumps": self.sound_jumps,
        }
        (folder / "events.json").write_text(json.dumps(seen, indent=1, ensure_ascii=False), encoding="utf-8")
