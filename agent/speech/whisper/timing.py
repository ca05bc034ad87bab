"""When each word was said. Pure.

The model's attention finds where a word begins to about a tenth of a second; a pause it counts as part of the word
before or after. The energy of the audio tells pauses from words.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SECONDS_PER_STEP = 0.02
"""One step of the encoder."""
_FRAME_SEC = 0.01
_SHORTEST_WORD_FRAMES = 6
_SHORTEST_PAUSE_FRAMES = 3
_REACH_FRAMES = 12
_BELOW_SPEECH_DB = 30.0
_ABOVE_FLOOR_DB = 8.0
_SILENT_DB = -90.0


def token_starts_sec(pairs: Sequence[tuple[int, int]], token_count: int, duration_sec: float) -> list[float]:
    """When each token starts, ascending and within the audio, and as last entry when the last token ends.

    Args:
        pairs: The path of the alignment: index of the token, step of the encoder.
        token_count: Length of the text in tokens.
        duration_sec: Length of the audio.
    """
    starts = [duration_sec] * (token_count + 1)
    reached = -1
    for token_index, step in pairs:
        for index in range(reached + 1, min(token_index, token_count) + 1):
            starts[index] = min(duration_sec, step * SECONDS_PER_STEP)
        reached = max(reached, token_index)
    return starts


def without_pauses(
    spans: Sequence[tuple[float, float]], samples: npt.NDArray[np.float32], sample_rate: int
) -> list[tuple[float, float]]:
    """The spans corrected by the pauses in the audio: boundaries moved into a pause nearby, pauses taken off.

    Args:
        spans: Start and end of each word in seconds, ascending and without overlap.
        samples: The audio that they are about.
        sample_rate: Of the audio.
    """
    audible = _audible_frames(samples, sample_rate)
    starts = [round(start_sec / _FRAME_SEC) for start_sec, _ in spans]
    ends = [round(end_sec / _FRAME_SEC) for _, end_sec in spans]
    for index in range(1, len(spans)):
        earliest = (starts[index - 1] + ends[index - 1]) // 2
        latest = (starts[index] + ends[index]) // 2
        pause = _pause_near(starts[index], earliest, latest, audible)
        if pause is not None:
            starts[index], ends[index - 1] = pause, min(ends[index - 1], pause)
            ends[index - 1] = max(ends[index - 1], starts[index - 1])
    return [_shrunk(start, end, audible) for start, end in zip(starts, ends, strict=True)]


def audible_sec_after(at_sec: float, samples: npt.NDArray[np.float32], sample_rate: int) -> float:
    """How much sound there is behind a moment of the audio."""
    return float(_audible_frames(samples, sample_rate)[max(0, round(at_sec / _FRAME_SEC)) :].sum()) * _FRAME_SEC


def _pause_near(boundary: int, earliest: int, latest: int, audible: npt.NDArray[np.bool_]) -> int | None:
    """Middle of the longest pause around the boundary."""
    first = max(earliest, boundary - _REACH_FRAMES, 0)
    silent = ~audible[first : max(first, min(latest, boundary + _REACH_FRAMES))]
    longest, length = None, _SHORTEST_PAUSE_FRAMES - 1
    run = 0
    for offset, is_silent in enumerate([*silent.tolist(), False]):
        if is_silent:
            run += 1
            continue
        if run > length:
            longest, length = first + offset - run // 2 - 1, run
        run = 0
    return longest


def _shrunk(start: int, end: int, audible: npt.NDArray[np.bool_]) -> tuple[float, float]:
    heard = np.flatnonzero(audible[start:end])
    if len(heard) and int(heard[-1]) + 1 - int(heard[0]) >= _SHORTEST_WORD_FRAMES:
        start, end = start + int(heard[0]), start + int(heard[-1]) + 1
    return start * _FRAME_SEC, end * _FRAME_SEC


def _audible_frames(samples: npt.NDArray[np.float32], sample_rate: int) -> npt.NDArray[np.bool_]:
    frame = int(_FRAME_SEC * sample_rate)
    count = len(samples) // frame
    if count == 0:
        return np.zeros(0, np.bool_)
    energy = np.square(samples[: count * frame]).reshape(count, frame).mean(axis=1)
    level_db = 10 * np.log10(energy + 10 ** (_SILENT_DB / 10))
    speech_db, floor_db = np.percentile(level_db, 95), np.percentile(level_db, 5)
    # Speech without a pause in it has no floor to measure: then only the distance from its own level counts.
    threshold_db = max(speech_db - _BELOW_SPEECH_DB, min(floor_db + _ABOVE_FLOOR_DB, speech_db - _BELOW_SPEECH_DB / 2))
    return level_db > threshold_db
