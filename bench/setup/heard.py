"""The conversations by voice without a room: each utterance as the recogniser makes it out by itself. `--heard`."""

import asyncio

from bench.samples import SampleFile
from bench.setup.hearing import HeardUnderstanding, HeardWords
from bench.setup.sets import Script
from bench.setup.sound import spoken_scripts
from bench.setup.talking import talk
from bench.setup.voices import SpokenWords, voice_of

NAME = "setup-heard"


def measure_heard(*, seconds: float | None) -> SampleFile:
    """Of the final set, what isn't kept yet; none begins after so long."""
    kept = SampleFile.open(NAME)
    asyncio.run(_measure(kept, HeardWords(SpokenWords()), seconds))
    return kept


async def _measure(kept: SampleFile, words: HeardWords, seconds: float | None) -> None:
    loop = asyncio.get_running_loop()
    until = None if seconds is None else loop.time() + seconds
    for script in spoken_scripts():
        if script.id in kept:
            continue
        if until is not None and loop.time() > until:
            return
        await _measure_one(kept, words, script)


async def _measure_one(kept: SampleFile, words: HeardWords, script: Script) -> None:
    understanding = HeardUnderstanding(words, voice_of(script))
    held = await talk(script, understanding, patient=True)
    kept.add(
        script.id,
        float(held.is_right),
        voice=voice_of(script),
        end=held.end,
        wrong=held.wrong_fields,
        turns=held.turns,
        created=held.end == "confirmed",
        read_back=held.was_read_back,
        agreed=held.was_agreed,
        problem="" if held.end != "stuck" else "nothing left to say",
        draft=held.draft.model_dump(exclude_none=True),
        said=[["candidate", said, heard] for _, said, heard in understanding.heard],
    )
