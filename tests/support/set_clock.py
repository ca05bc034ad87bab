"""A worker whose wall clock is set while it holds an interview, as by somebody's hand or after a long sleep.

A kernel has one wall clock, and other programs of this machine need it: the worker's processes alone are told another
time.
"""

import os
import struct
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from embedded import stack
from embedded.programs import Layout, Program
from tests.support.stack import ROOT

FAKE = ROOT / "tests" / "fakes" / "set_clock"


class WorkersClock:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock_offset"
        self._file.write_bytes(struct.pack("d", 0.0))

    def set_wrong_by(self, offset_sec: float) -> None:
        """At once, in every process. In place: they have the file in their memory."""
        with self._file.open("r+b") as file:
            file.write(struct.pack("d", offset_sec))

    @contextmanager
    def worn_by_the_worker(self) -> Generator[None]:
        """Of a stack that is started meanwhile."""
        right = stack.lay_out

        def lay_out(*arguments: Any) -> Layout:
            layout = right(*arguments)
            return replace(layout, programs=tuple(self._given_to(program) for program in layout.programs))

        stack.lay_out = lay_out
        try:
            yield
        finally:
            stack.lay_out = right

    def _given_to(self, program: Program) -> Program:
        if program.name != "worker":
            return program
        path = os.pathsep.join(filter(None, (str(FAKE), program.environment.get("PYTHONPATH"))))
        own = {"PYTHONPATH": path, "SET_CLOCK_FILE": str(self._file)}
        return replace(program, environment={**program.environment, **own})
