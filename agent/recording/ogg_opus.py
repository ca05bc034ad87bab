"""An Ogg/Opus file that is usable up to its last page at any moment, also when the process was killed."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio.stream import AudioStream

from agent.recording.lanes import Pcm
from agent.recording.mixer import RATE

BIT_RATE = 32_000
_PAGE_US = 500_000
_CLOCK = 48_000
"""Positions in Ogg/Opus count in it, whatever the rate of the sound (RFC 7845)."""
_PAGE_HEADER = struct.Struct("<4sBBqIIIB")
_PRE_SKIP_AT = 10
"""Of the two bytes in the identification header that say how much of the beginning isn't heard."""


class OggOpusWriter:
    """Writes stereo sound of the mixer's rate into an unbuffered file, half a second a page.

    Raises:
        OSError, FFmpegError: from any call.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._container = av.open(
            file,
            "w",
            format="ogg",
            options={"page_duration": str(_PAGE_US), "flush_packets": "1"},
        )
        # 5 takes half as much processor time again, beside speech models that need it
        options = {"application": "voip", "compression_level": "2", "vbr": "on"}
        self._stream: AudioStream = self._container.add_stream("libopus", rate=RATE, layout="stereo", options=options)
        self._stream.bit_rate = BIT_RATE
        self._written = 0

    def write(self, stereo: Pcm) -> None:
        """Interleaved samples."""
        if len(stereo) == 0:
            return
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(stereo).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate = RATE
        frame.pts = self._written
        self._written += len(stereo) // 2
        self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._container.mux(self._stream.encode(None))
        self._container.close()


@dataclass(frozen=True, slots=True)
class Extent:
    """Of a file's whole pages."""

    size_bytes: int
    duration_ms: int


def extent(path: Path) -> Extent:
    """How much of a file is usable. Both are 0 where there is no sound in it."""
    content = path.read_bytes()
    position, granule, pre_skip, pages = 0, 0, 0, 0
    while position + _PAGE_HEADER.size <= len(content):
        magic, _, _, page_granule, *_, segments = _PAGE_HEADER.unpack_from(content, position)
        body = position + _PAGE_HEADER.size + segments
        end = body + sum(content[position + _PAGE_HEADER.size : body])
        if magic != b"OggS" or end > len(content):
            break
        if pages == 0:
            (pre_skip,) = struct.unpack_from("<H", content, body + _PRE_SKIP_AT)
        # -1: no packet ends on this page
        granule = max(granule, page_granule)
        position, pages = end, pages + 1
    heard = max(0, granule - pre_skip)
    return Extent(position if heard else 0, round(heard * 1000 / _CLOCK))
