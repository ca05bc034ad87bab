"""`make bench-setup`: what comes of scripted set-up conversations, as text and by voice. Writes bench/setup.md.

By voice means on the whole product, through a room: about ten minutes, `QUICK=1` two. Each conversation is kept at
once, and a run that was stopped goes on where it was as long as the commit is the same; --fresh starts over.
While developing: `--dev` shows what goes wrong of the development set as text, `--dev --heard` the same with each
utterance as the recogniser makes it out by itself, and `--voice ID …` holds conversations by voice and writes nothing.
"""

import argparse
import asyncio
import os
from collections.abc import Sequence

from agent.setup.understanding import RuleUnderstanding
from bench.setup import sound
from bench.setup.heard import measure_heard
from bench.setup.hearing import HeardUnderstanding, HeardWords
from bench.setup.on_device import measure_on_device
from bench.setup.outcome import Outcome
from bench.setup.report import write_report
from bench.setup.sets import Script, scripts
from bench.setup.talking import talk
from bench.setup.text_figures import figures
from bench.setup.voices import SpokenWords, voice_of


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.setup", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dev", action="store_true", help="print the development set only, write nothing")
    parser.add_argument("--heard", action="store_true", help="as the recogniser hears each utterance, without a room")
    parser.add_argument("--voice", nargs="+", metavar="ID", help="hold these by voice, write nothing")
    parser.add_argument("--model", action="store_true", help="as text with the language model of this machine, too")
    parser.add_argument("--text", action="store_true", help="measure no conversation by voice")
    parser.add_argument("--fresh", action="store_true", help="forget the conversations by voice of an earlier run")
    parser.add_argument("--seconds", type=float, help="begin none after so long")
    options = parser.parse_args()
    if options.voice:
        sound.converse([one for one in scripts() if one.id in options.voice], show)
    elif options.dev:
        show_dev(heard=options.heard)
    elif options.heard:
        measure_heard(seconds=options.seconds)
        print(write_report(figures()))
    elif options.model:
        measure_on_device()
        print(write_report(figures()))
    else:
        measure(fresh=options.fresh, by_voice=not options.text, seconds=options.seconds)


def measure(*, fresh: bool, by_voice: bool, seconds: float | None) -> None:
    measured = figures()
    print(write_report(measured), flush=True)
    if by_voice:
        most = sound.QUICK if os.environ.get("QUICK") == "1" else None
        kept = sound.samples(fresh=fresh)
        sound.measure(kept, most=most, seconds=seconds, on_kept=lambda: write_report(measured))
        print(write_report(measured))


def show_dev(*, heard: bool) -> None:
    development = [one for one in scripts() if one.set == "dev"]
    wrong = asyncio.run(_wrong_as_heard(development) if heard else _wrong_as_text(development))
    print(f"{len(development) - wrong} of {len(development)}")


async def _wrong_as_text(development: Sequence[Script]) -> int:
    wrong = [one for script in development if not (one := await talk(script, RuleUnderstanding())).is_right]
    for one in wrong:
        print(f"\n{one.script.id}: {one.end}, wrong: {one.wrong_fields}")
        print("\n".join(f"  {who}: {words}" for who, words in one.said))
        print(f"  {one.draft.model_dump_json(exclude_none=True)}")
    return len(wrong)


async def _wrong_as_heard(development: Sequence[Script]) -> int:
    words, wrong = HeardWords(SpokenWords()), 0
    try:
        for script in development:
            understanding = HeardUnderstanding(words, voice_of(script))
            one = await talk(script, understanding)
            if not one.is_right:
                wrong += 1
                print(f"\n{script.id}, {voice_of(script)}: {one.end}, wrong: {one.wrong_fields}, {one.draft}")
                print("\n".join(f"  {asked}: {said} -> {heard}" for asked, said, heard in understanding.heard))
    finally:
        words.save()
    return wrong


def show(outcome: Outcome) -> None:
    print(f"\n{outcome.script.id}, {outcome.voice}: {'right' if outcome.is_right else 'WRONG'}", flush=True)
    print("\n".join(f"  {name}: {value}" for name, value in outcome.details().items() if name != "said"))
    print("\n".join(f"  {one.who}: {one.words}{f' -> {one.heard}' if one.heard else ''}" for one in outcome.said))


if __name__ == "__main__":
    main()
