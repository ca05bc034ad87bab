"""`make audit`: known vulnerabilities of what is locked, asked of the advisory services. It changes nothing.

A service that can't be reached, or answers with something else, leaves a lock *not checked*: never clean.
Exit code 0: all were checked, nothing is known. 1: something is known. 2: nothing is known, and not all were checked.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from supply_chain.locks import NPM_LOCKS, REQUIREMENTS, ROOT, locked_in

Outcome = Literal["clean", "found", "not checked"]
TIMEOUT_SEC = 180


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program came to. `code` is None where it didn't end in time or isn't there."""

    code: int | None
    output: str


Run = Callable[[Sequence[str], Path], Ran]


@dataclass(frozen=True, slots=True)
class Audit:
    lock: Path
    outcome: Outcome
    details: tuple[str, ...] = ()


def run(command: Sequence[str], folder: Path) -> Ran:
    try:
        done = subprocess.run(  # noqa: S603  # fixed programs
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=TIMEOUT_SEC
        )
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return Ran(None, "")
    return Ran(done.returncode, done.stdout)


def audit_python(lock: Path, run: Run) -> Audit:
    """By OSV: it needs no index, and gets names and versions of public packages."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
    ran = run([*command, "--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off"], ROOT)
    answer = _object(ran.output)
    packages = answer.get("dependencies")
    if ran.code not in (0, 1) or not isinstance(packages, list):
        return Audit(lock, "not checked", ("pip-audit or its advisory service doesn't answer",))
    known = [
        f"{package['name']} {package.get('version')}: {vulnerability['id']}"
        for package in packages
        for vulnerability in package.get("vulns", [])
    ]
    if known:
        return Audit(lock, "found", tuple(known))
    checked = {str(package["name"]).lower() for package in packages if "skip_reason" not in package}
    missed = [one.name for one in locked_in(lock) if one.marker is None and one.name.lower() not in checked]
    if missed or ran.code != 0:
        return Audit(lock, "not checked", tuple(missed))
    return Audit(lock, "clean")


def audit_npm(lock: Path, run: Run) -> Audit:
    ran = run(["npm", "audit", "--json", "--package-lock-only"], lock.parent)
    answer = _object(ran.output)
    counts = answer.get("metadata", {}).get("vulnerabilities") if "error" not in answer else None
    if ran.code not in (0, 1) or not isinstance(counts, dict) or "total" not in counts:
        return Audit(lock, "not checked", ("npm or its advisory service doesn't answer",))
    if counts["total"]:
        known = answer.get("vulnerabilities", {})
        return Audit(lock, "found", tuple(f"{name}: {one.get('severity')}" for name, one in sorted(known.items())))
    return Audit(lock, "clean") if ran.code == 0 else Audit(lock, "not checked")


def exit_code(audits: Sequence[Audit]) -> int:
    outcomes = {audit.outcome for audit in audits}
    if "found" in outcomes:
        return 1
    return 0 if outcomes == {"clean"} else 2


def main(run: Run = run) -> int:
    audits = [
        audit_python(REQUIREMENTS / "all.txt", run),
        *(audit_npm(lock, run) for lock in NPM_LOCKS),
    ]
    for audit in audits:
        print(f"{audit.lock.relative_to(ROOT)}: {audit.outcome}")  # noqa: T201
        for detail in audit.details:
            print(f"    {detail}")  # noqa: T201
    return exit_code(audits)


def _object(text: str) -> dict[str, Any]:
    try:
        answer: Any = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


if __name__ == "__main__":
    sys.exit(main())
