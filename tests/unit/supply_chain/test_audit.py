"""An audit says clean only when somebody has looked."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from supply_chain import audit
from supply_chain.audit import Audit, Ran, audit_npm, audit_python, exit_code
from supply_chain.locks import NPM_LOCKS, REQUIREMENTS, locked_in

pytestmark = pytest.mark.unit

LOCK = REQUIREMENTS / "uv.txt"
NPM = NPM_LOCKS[0]


def answering(code: int | None, answer: Any) -> audit.Run:
    def run(command: Sequence[str], folder: Path) -> Ran:
        del command, folder
        return Ran(code, answer if isinstance(answer, str) else json.dumps(answer))

    return run


def packages(**more: Any) -> dict[str, Any]:
    return {"dependencies": [{"name": one.name, "version": one.version, **more} for one in locked_in(LOCK)]}


def npm(total: int, **more: Any) -> dict[str, Any]:
    return {"auditReportVersion": 2, "metadata": {"vulnerabilities": {"total": total}}, **more}


def test_looked_at_and_nothing_known_is_clean():
    assert audit_python(LOCK, answering(0, packages(vulns=[]))).outcome == "clean"
    assert audit_npm(NPM, answering(0, npm(0))).outcome == "clean"


def test_what_is_known_is_named():
    found = audit_python(LOCK, answering(1, packages(vulns=[{"id": "GHSA-1"}])))
    assert found.outcome == "found"
    assert found.details[0].endswith("GHSA-1")
    found = audit_npm(NPM, answering(1, npm(1, vulnerabilities={"left-pad": {"severity": "high"}})))
    assert (found.outcome, found.details) == ("found", ("left-pad: high",))


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (None, ""),
        (0, ""),
        (1, "connection refused"),
        (2, packages(vulns=[])),
        (0, {"dependencies": []}),
        (0, packages(skip_reason="not found on the service")),
        (1, packages(vulns=[])),
        (0, []),
    ],
)
def test_python_packages_that_nobody_looked_at_are_not_checked(code: int | None, answer: Any):
    assert audit_python(LOCK, answering(code, answer)).outcome == "not checked"


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (None, ""),
        (1, {"error": {"code": "ENOTFOUND"}}),
        (1, {"message": "404 Not Found"}),
        (0, "npm warn"),
        (0, {"error": {"summary": "x"}, "metadata": {"vulnerabilities": {"total": 0}}}),
        (1, npm(0)),
    ],
)
def test_npm_packages_that_nobody_looked_at_are_not_checked(code: int | None, answer: Any):
    assert audit_npm(NPM, answering(code, answer)).outcome == "not checked"


def test_the_exit_code_never_takes_unchecked_for_clean():
    clean, found, unchecked = (Audit(LOCK, "clean"), Audit(LOCK, "found"), Audit(LOCK, "not checked"))
    assert exit_code([clean, clean]) == 0
    assert exit_code([clean, unchecked]) == 2
    assert exit_code([unchecked, found]) == 1


def test_it_prints_what_it_could_not_check(capsys: pytest.CaptureFixture[str]):
    assert audit.main(answering(None, "")) == 2
    printed = capsys.readouterr().out
    assert printed.count("not checked") == 1 + len(NPM_LOCKS)
    assert "clean" not in printed
