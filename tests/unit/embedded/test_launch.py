"""The launcher gives a program its own environment and nothing of ours, and lets nothing outlive its parent."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from embedded.programs import REPOSITORY

pytestmark = pytest.mark.unit


def run_file(folder: Path, *command: str) -> Path:
    file = folder / "programs.json"
    program = {
        "command": command,
        "environment": {"ONLY": "this"},
        "directory": str(folder),
        "parent_death_signal": "SIGKILL",
    }
    file.write_text(json.dumps({"program": program}))
    return file


def launcher(file: Path) -> list[str]:
    return [sys.executable, "-m", "embedded.launch", str(file), "program"]


def test_a_program_sees_its_own_environment_only(tmp_path: Path) -> None:
    shows = "import os, json; print(json.dumps([dict(os.environ), os.getcwd()]))"
    file = run_file(tmp_path, sys.executable, "-c", shows)

    done = subprocess.run(
        launcher(file), env={**os.environ, "SECRET": "ours"}, cwd=REPOSITORY, capture_output=True, check=True
    )

    environment, directory = json.loads(done.stdout)
    assert environment.pop("LC_CTYPE", None) in (None, "C.UTF-8")  # the interpreter's own doing
    assert environment == {"ONLY": "this"}
    assert Path(directory) == tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no signal for a parent's end")
def test_a_program_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    waits = "import os; print(os.getpid(), flush=True); import signal; signal.pause()"
    file = run_file(tmp_path, sys.executable, "-c", waits)
    starts = "import subprocess, sys, signal; subprocess.Popen(sys.argv[1:]); signal.pause()"
    parent = subprocess.Popen(
        [sys.executable, "-c", starts, *launcher(file)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    assert int(parent.stdout.readline()) > 0

    parent.send_signal(signal.SIGKILL)

    parent.wait(10)
    assert parent.stdout.read() == ""  # ends only when the program, which holds the other end, has ended
    parent.stdout.close()
