"""bench/setup.md: what is between the marks is made, the rest is written by people and stays."""

import json
from collections.abc import Sequence
from pathlib import Path

from bench.assessment.figures import Figure, table
from bench.samples import RESULTS_DIR, SampleFile, circumstances
from bench.setup import heard, on_device, sound
from bench.setup.on_device_report import on_device_table
from bench.setup.sound_report import sound_table

REPORT = Path(__file__).resolve().parent.parent / "setup.md"
RESULTS = RESULTS_DIR / "setup.json"
BEGIN, END = "<!-- made by make bench-setup -->", "<!-- end of what is made -->"


def write_report(measured: Sequence[Figure]) -> str:
    """Returns what was made."""
    about = circumstances()
    tables = (
        table(measured, about),
        on_device_table(SampleFile.stored(on_device.NAME)),
        sound_table(SampleFile.stored(heard.NAME), "as the recogniser hears it, without a room"),
        sound_table(SampleFile.stored(sound.NAME), "by voice, in a room"),
    )
    made = "\n\n".join(filter(None, tables))
    rows = [{"name": one.name, "dev": one.dev.shown, "final": one.final.shown if one.final else ""} for one in measured]
    RESULTS.write_text(json.dumps({"about": about, "figures": rows}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")
    return made
