"""`python -m supply_chain.licences` writes docs/licences.md; with `--check` it only says whether the page is true.

Every package that runs with a user, its version from the lock and its licence from the installed metadata. A licence
that isn't allowed, or can't be told, is a failure.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import Literal

from supply_chain.allowed import ALLOWED, AS_SPDX, GPL_LIBRARIES, JUDGED, JUDGED_LIBRARIES
from supply_chain.locks import NPM_LOCKS, REQUIREMENTS, ROOT, SHIPPED_GROUPS, locked_in, npm_packages

PAGE = ROOT / "docs/licences.md"
Part = Literal["Python", "Page", "Embedded Supabase"]
PARTS: tuple[Part, ...] = ("Python", "Page", "Embedded Supabase")
NPM_PARTS: dict[Path, Part] = dict(zip(NPM_LOCKS, PARTS[1:], strict=True))
_CLASSIFIER = "License :: OSI Approved :: "
_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


@dataclass(frozen=True, slots=True, order=True)
class Shipped:
    part: Part
    name: str
    version: str
    licence: str | None
    """SPDX expression; None where nobody can tell."""
    gpl_libraries: tuple[str, ...] = ()
    """That its files carry."""


def is_allowed(expression: str | None) -> bool:
    """Whether every licence of an AND, or one of an OR, is allowed. What can't be read is not."""
    if expression is None:
        return False
    plain = expression.replace("(", " ").replace(")", " ")
    if " WITH " in plain or (" OR " in plain and " AND " in plain):
        return False  # None of ours has one; whoever brings the first looks at it.
    alternatives = plain.split(" OR ")
    return any(all(term.strip() in ALLOWED for term in one.split(" AND ")) for one in alternatives)


def python_packages() -> list[Shipped]:
    """Raises PackageNotFoundError for one that belongs on this machine and isn't there."""
    found: dict[str, Shipped] = {}
    for group in SHIPPED_GROUPS:
        for locked in locked_in(REQUIREMENTS / f"{group}.txt"):
            try:
                shipped = _installed(locked.name, locked.version)
            except PackageNotFoundError:
                if locked.marker is None:
                    raise
                continue  # of another system or Python
            found[locked.name] = shipped
    return sorted(found.values())


def npm_shipped() -> list[Shipped]:
    return sorted(
        {
            Shipped(part, place.rpartition("node_modules/")[2], str(package["version"]), package.get("license"))
            for lock, part in NPM_PARTS.items()
            for place, package in npm_packages(lock).items()
            if not package.get("dev")
        }
    )


def faults_of(packages: Iterable[Shipped]) -> Iterator[str]:
    for one in packages:
        if not is_allowed(one.licence):
            yield f"{one.name} {one.version}: {one.licence or 'unknown licence'} is not allowed"
        if one.gpl_libraries and one.name not in JUDGED_LIBRARIES:
            yield f"{one.name} {one.version} carries {', '.join(one.gpl_libraries)}"


def page_of(packages: Iterable[Shipped]) -> str:
    packages = list(packages)
    lines = [
        "# Licences of what runs with a user",
        "",
        "Written by `python -m supply_chain.licences`, which fails where a licence isn't allowed or known. Why each "
        "package is there: [dependencies.md](dependencies.md).",
    ]
    for part in PARTS:
        lines += ["", f"## {part}", "| package | version | licence |", "|---|---|---|"]
        lines += [_row(one) for one in packages if one.part == part]
    lines += ["", "## Judged by hand"]
    lines += [f"- {name}: {judged.why}." for name, judged in sorted(JUDGED.items())]
    lines += [f"- **{name}**: {why}." for name, why in sorted(JUDGED_LIBRARIES.items())]
    return "\n".join(lines) + "\n"


def rows_missing(packages: Iterable[Shipped]) -> list[str]:
    """Of the page. Other systems and Pythons bring a few packages more or less, so it may have others."""
    written = set(PAGE.read_text(encoding="utf-8").splitlines()) if PAGE.is_file() else set[str]()
    return [row for row in map(_row, packages) if row not in written]


def _row(one: Shipped) -> str:
    return f"| {one.name} | {one.version} | {one.licence} |"


def _installed(name: str, version: str) -> Shipped:
    package = distribution(name)
    metadata = package.metadata
    if name in JUDGED:
        licence: str | None = JUDGED[name].licence
    else:
        written = next((metadata[name] for name in ("License-Expression", "License") if name in metadata), "")
        classifiers = metadata.get_all("Classifier") or []
        named = [one.removeprefix(_CLASSIFIER) for one in classifiers if one.startswith(_CLASSIFIER)]
        licence = _as_spdx(written) or (_as_spdx(named[0]) if len(named) == 1 else None)
    carried = sorted(
        {
            library
            for file in package.files or []
            for library in GPL_LIBRARIES
            if PurePosixPath(file).name.startswith(library)
        }
    )
    return Shipped("Python", name, version, licence, tuple(carried))


def _as_spdx(written: str) -> str | None:
    """None for what is no SPDX expression, such as the text of a whole licence."""
    if (known := AS_SPDX.get(written.strip().lower())) is not None:
        return known
    words = written.replace("(", " ").replace(")", " ").split()
    if not words or len(words) % 2 == 0 or any(word not in ("AND", "OR", "WITH") for word in words[1::2]):
        return None
    return written.strip() if all(_TERM.fullmatch(word) for word in words[::2]) else None


def main(arguments: list[str]) -> int:
    packages = [*python_packages(), *npm_shipped()]
    faults = list(faults_of(packages))
    if "--check" not in arguments:
        PAGE.write_text(page_of(packages), encoding="utf-8")
    faults += [f"{PAGE.relative_to(ROOT)} hasn't {row}" for row in rows_missing(packages)]
    for fault in faults:
        print(fault, file=sys.stderr)  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
