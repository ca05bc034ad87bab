"""The conversations by voice on the whole product, three rooms at a time. Each is kept as soon as it is over."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Sequence

from bench.samples import SampleFile
from bench.setup.cues import all_words
from bench.setup.outcome import Outcome
from bench.setup.rooms import hold
from bench.setup.sets import Script, scripts
from bench.setup.voices import SpokenWords, voice_of
from tests.support.client import Caller
from tests.support.stack import ROOT, Stack, running_stack

NAME = "setup-sound"
QUICK = 4
"""Conversations of a quick run."""
ROOMS = 3
SETTINGS = {"WORKER_CAPACITY": "8", "LLM_PROVIDER": "none"}
"""A job that has ended takes a moment to be gone. Nothing in a set-up asks the language model of this machine."""
WORK_DIR = ROOT / "artifacts" / "bench" / "setup"
AROUND_SEC, TURN_SEC = 12.0, 6.0
"""For the estimate: beginning and end of a conversation, and a turn with the reply to it."""


def spoken_scripts() -> list[Script]:
    """Of the final set, those that are held by voice."""
    return [one for one in scripts() if one.set == "final" and "sound" in one.kinds]


def samples(*, fresh: bool = False) -> SampleFile:
    settings = ", ".join([f"rooms {ROOMS}", *(f"{name}={value}" for name, value in SETTINGS.items())])
    return SampleFile.open(NAME, fresh=fresh, settings=settings)


def measure(kept: SampleFile, *, most: int | None, seconds: float | None, on_kept: Callable[[], object]) -> None:
    """Holds the conversations that aren't kept yet.

    Args:
        most: conversations kept in the end; None for all of them.
        seconds: none begins after so long.
    """
    waiting = [one for one in spoken_scripts()[:most] if one.id not in kept]
    if not waiting:
        return
    turns = sum(len(all_words(one)) for one in waiting)
    print(f"about {(turns * TURN_SEC + len(waiting) * AROUND_SEC) / ROOMS / 60:.0f} minutes", flush=True)

    def keep(outcome: Outcome) -> None:
        kept.add(outcome.script.id, float(outcome.is_right), **outcome.details())
        on_kept()

    converse(waiting, keep, seconds=seconds)


def converse(waiting: Sequence[Script], keep: Callable[[Outcome], None], *, seconds: float | None = None) -> None:
    """Renders what isn't rendered yet, starts the product, and holds these conversations."""
    words = SpokenWords()
    for script in waiting:
        for text in all_words(script):
            words.get(text, voice_of(script))
    shutil.rmtree(WORK_DIR, ignore_errors=True)
    with running_stack(WORK_DIR / "data", SETTINGS) as stack:
        asyncio.run(_converse(stack, iter(waiting), words, keep, seconds))


async def _converse(
    stack: Stack, waiting: Iterator[Script], words: SpokenWords, keep: Callable[[Outcome], None], seconds: float | None
) -> None:
    loop = asyncio.get_running_loop()
    until = None if seconds is None else loop.time() + seconds

    async def one_room() -> None:
        async with Caller.signed_up(stack.base_url) as caller:
            for script in waiting:
                keep(await hold(caller, script, words))
                if until is not None and loop.time() > until:
                    return

    await asyncio.gather(*(one_room() for _ in range(ROOMS)))
