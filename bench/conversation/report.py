"""bench/conversation.md: tables made from the samples, between two marks; what people wrote around them stays."""

import json
from pathlib import Path
from typing import get_args

from bench.conversation.figure_names import FigureName
from bench.conversation.figures import Figure, Taken, all_figures
from bench.conversation.results import FOLDER
from bench.samples import RESULTS_DIR, Sample, SampleFile

REPORT = RESULTS_DIR.parent / "conversation.md"
BEGIN, END = "<!-- made by make bench-conversation -->", "<!-- end of what is made -->"
TABLES = {"scripted": "Scripted model", "on-device": "Model on this machine"}
MET = {True: "yes", False: "**no**", None: ""}


def write_report(folder: Path = FOLDER, report: Path = REPORT) -> str:
    """Returns the tables."""
    made = "\n\n".join([_tables(folder), _delivery(folder.parent), _curve(folder.parent)])
    text = report.read_text(encoding="utf-8") if report.exists() else f"# The conversation\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    report.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")
    return made


def _tables(folder: Path) -> str:
    parts: list[str] = []
    kept: dict[str, list[dict[str, object]]] = {}
    for table, title in TABLES.items():
        figures = all_figures(_taken(table, folder))
        kept[table] = [figure.as_json() for figure in figures]
        measured = any(one.n for one in figures)
        table_of_figures = [_markdown([one for one in figures if one.n or one.target])] if measured else []
        parts += [f"## {title}", _about(table, folder), *table_of_figures]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "figures.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return "\n\n".join(parts)


def _taken(table: str, folder: Path) -> Taken:
    def taken(name: FigureName) -> list[Sample]:
        stored = SampleFile.stored(f"{table}-{name}", folder)
        return [] if stored is None else stored.samples

    return taken


def _about(table: str, folder: Path) -> str:
    """Where and when; and the load, which says whether anything else ran."""
    stored = [SampleFile.stored(f"{table}-{name}", folder) for name in get_args(FigureName)]
    files = [file for file in stored if file is not None and file.samples]
    if not files:
        return "Not measured."
    about = files[0].about
    loads = sorted(one.load for file in files for one in file.samples if one.load is not None)
    load = f"{loads[len(loads) // 2]:.1f}" if loads else "unknown"
    return (
        f"Commit {about['commit']}, begun {about['started']}, {about['machine']}. Median load {load}. "
        f"Settings: {about.get('settings', 'defaults')}."
    )


def _markdown(figures: list[Figure]) -> str:
    lines = ["| figure | n | measured [95 %] | target | met |", "|---|---|---|---|---|"]
    lines += [f"| {one.name} | {one.n} | {one.shown} | {one.target} | {MET[one.is_met]} |" for one in figures]
    return "\n".join(lines)


def _delivery(results: Path) -> str:
    """What bench/delivery.py measured, as received if there is that, else as rendered."""
    for name, how in (("delivery-received", "as received in a room"), ("delivery", "as rendered")):
        if (path := results / f"{name}.md").exists():
            return f"## Delivery, {how}\n\n{path.read_text(encoding='utf-8').strip()}"
    return "## Delivery\n\nNot measured: `python -m bench.delivery --received`."


def _curve(results: Path) -> str:
    """Cut-ins after complete sentences against response time over settings, drawn by the offline tuner."""
    title = "## Cut-ins after complete sentences against response time"
    drawing = "thinking-room-curve-test.svg"
    if (results / drawing).exists():
        return f"{title}\n\n![our setting, other settings, and v1-mini at fixed delays](results/{drawing})"
    return f"{title}\n\nNot drawn: `python -m bench.thinking_room`."
