"""On the PYTHONPATH of a program, its wall clock goes wrong by the seconds in a file; see tests.support.set_clock.

Everything in Python that asks `time.time` is told so: timestamps of sound and speech in livekit-agents, of log lines,
of the outbox. Not `datetime.now`, by which tokens are made: the programs that check them have the right time.
"""

import mmap
import os
import struct
import time
from pathlib import Path

_right_time = time.time
with Path(os.environ["SET_CLOCK_FILE"]).open("rb") as _file:
    _offset = mmap.mmap(_file.fileno(), 0, prot=mmap.PROT_READ)


def _wrong_time() -> float:
    (offset_sec,) = struct.unpack_from("d", _offset)
    return _right_time() + offset_sec


time.time = _wrong_time
