"""`python -m embedded` runs the product on this machine until Ctrl-C. `make run` fetches what it needs first."""

import argparse
import json
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from embedded.environment import given_environment
from embedded.keys import write_private
from embedded.ports import PortTakenError
from embedded.ready_screen import ready_screen
from embedded.settings import SettingsError
from embedded.stack import EmbeddedStack, StackError

_CHECK_SEC = 1.0


class _StopRequestedError(Exception):
    """Ctrl-C or SIGTERM."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m embedded", description=__doc__)
    parser.add_argument("--no-env-file", action="store_true", help="don't read .env")
    parser.add_argument("--json-status", type=Path, metavar="FILE", help="when ready, write addresses and keys there")
    arguments = parser.parse_args()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _request_stop)
    try:
        stack = EmbeddedStack(given_environment(read_file=not arguments.no_env_file))
        _run(stack, arguments.json_status)
    except _StopRequestedError:
        return 0
    except (SettingsError, PortTakenError, StackError) as problem:
        _say(f"\n{problem}")
        return 1
    return 0


def _run(stack: EmbeddedStack, status_file: Path | None) -> None:
    """
    Raises:
        SettingsError, PortTakenError, StackError
    """
    started = time.monotonic()
    try:
        stack.start()
        stack.wait_until_ready(lambda lacking: _say(f"  starting … {lacking}"))
        took_sec = time.monotonic() - started
        if status_file is not None:
            write_private(status_file, json.dumps(_status(stack, took_sec), indent=1))
        _say(ready_screen(stack.layout, stack.settings, took_sec))
        while True:
            threading.Event().wait(_CHECK_SEC)
            stack.check()
    except _StopRequestedError:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)  # a second Ctrl-C must not leave anything behind: stopping is quick
        _say("  stopping …")
        stopping = time.monotonic()
        stack.stop()
        _say(f"  Stopped in {time.monotonic() - stopping:.1f} s.")
        raise
    finally:
        stack.stop()


def _status(stack: EmbeddedStack, took_sec: float) -> dict[str, object]:
    layout = stack.layout
    return {
        "page_url": layout.page_url,
        "livekit_url": layout.livekit_url,
        "supabase_url": layout.supabase_url,
        "llm_url": layout.llm_url,
        "ready_after_sec": round(took_sec, 2),
        "data_dir": str(stack.data_dir),
        "logs_dir": str(stack.logs_dir),
        "keys": asdict(stack.keys),
        "pids": {name: program.pid for name, program in stack.supervisor.states().items()},
    }


def _request_stop(_number: int, _frame: FrameType | None) -> None:
    raise _StopRequestedError


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is a command-line program


if __name__ == "__main__":
    sys.exit(main())
