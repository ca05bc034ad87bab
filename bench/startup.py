"""How long things take to come up."""

import subprocess
import sys
import time
from pathlib import Path

from bench.samples import SampleFile
from tests.support.stack import ROOT, seconds_to_ready_screen


def measure_ready_screen(ready: SampleFile, data_dir: Path, starts: int) -> None:
    """Start on data that is there, with everything cached, to the ready screen."""
    for number in range(starts + 1):
        if (key := f"start-{number}") in ready:
            continue
        seconds = seconds_to_ready_screen(data_dir)
        # The first start makes the data: not what is measured.
        ready.add(key, None if number == 0 else seconds, seconds=round(seconds, 2))


def measure_import(imported: SampleFile, times: int) -> None:
    """Import of the token server in a new interpreter, which fails if it brings livekit.agents along."""
    for number in range(times):
        if (key := f"import-{number}") in imported:
            continue
        started = time.monotonic()
        subprocess.run(
            [sys.executable, "-c", "import sys, token_server.main; sys.exit('livekit.agents' in sys.modules)"],
            cwd=ROOT,
            check=True,
        )
        imported.add(key, time.monotonic() - started)
