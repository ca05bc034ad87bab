"""Finds out what is missing, says how much there is to fetch, and supplies it step by step."""

import argparse
import shutil
import time
from contextlib import ExitStack

from embedded.bootstrap.console import SetupProblemError, say, size_text
from embedded.bootstrap.files import directory_lock
from embedded.bootstrap.livekit_server import LiveKitServer
from embedded.bootstrap.machine import check_platform, check_space, check_writable
from embedded.bootstrap.manifest import MODELS
from embedded.bootstrap.models import ModelWeights, VoiceWeights
from embedded.bootstrap.node import Node, NpmPackages, Page
from embedded.bootstrap.places import Places, find_places
from embedded.bootstrap.python_packages import PythonPackages
from embedded.bootstrap.step import Missing, Step


def all_steps(places: Places) -> list[Step]:
    supabase = places.repository / "embedded" / "supabase"
    web = places.repository / "token_server" / "web"
    return [
        PythonPackages(places),
        Node(places),
        NpmPackages(places, "embedded Supabase (npm packages)", supabase, fetch_bytes=35_000_000),
        NpmPackages(places, "the page's npm packages", web, fetch_bytes=60_000_000),
        Page(places),
        LiveKitServer(places),
        *(ModelWeights(places, model) for model in MODELS),
        VoiceWeights(places),
    ]


def set_up(places: Places) -> None:
    """
    Raises:
        SetupProblemError
    """
    started = time.monotonic()
    check_platform()
    check_writable(places.repository)
    check_writable(places.cache)
    steps = all_steps(places)
    lacking = [missing for step in steps if (missing := step.missing()) is not None]
    if not lacking:
        return
    _announce(lacking, places)
    check_space(
        {
            places.repository: sum(missing.checkout_bytes for missing in lacking),
            places.cache: sum(missing.cache_bytes for missing in lacking),
        }
    )
    with ExitStack() as locks:
        locks.enter_context(directory_lock(places.repository, lambda: _say_waiting("this checkout")))
        if any(missing.shared for missing in lacking):
            locks.enter_context(directory_lock(places.cache, lambda: _say_waiting(str(places.cache))))
        for step in steps:
            if step.missing() is not None:
                step.supply()
        if any(missing.shared for missing in lacking):
            shutil.rmtree(places.staging, ignore_errors=True)
    say(f"Set up in {time.monotonic() - started:.0f} s.")


def _announce(lacking: list[Missing], places: Places) -> None:
    total = sum(missing.fetch_bytes for missing in lacking)
    amount = f"about {size_text(total)} to fetch, once" if total else "nothing to fetch"
    say(f"To set up: {amount}. Ctrl-C interrupts it, the next time it goes on. Cache: {places.cache}")
    for missing in lacking:
        size = f"  {size_text(missing.fetch_bytes)}" if missing.fetch_bytes else ""
        say(f"  - {missing.what}{size}")


def _say_waiting(where: str) -> None:
    say(f"  waiting: another set-up is at work in {where} …")


def main() -> int:
    argparse.ArgumentParser(prog="embedded.bootstrap", description=__doc__).parse_args()
    try:
        set_up(find_places())
    except SetupProblemError as problem:
        say(f"\n{problem}")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted. Run the same command again: it goes on where it was.")
        return 130
    return 0
