"""What runs with a user has a licence that we know and allow."""

import pytest

from supply_chain.allowed import JUDGED_LIBRARIES
from supply_chain.licences import Shipped, faults_of, is_allowed, npm_shipped, python_packages, rows_missing

pytestmark = pytest.mark.unit


def test_everything_that_ships_is_listed_and_allowed():
    packages = [*python_packages(), *npm_shipped()]
    assert list(faults_of(packages)) == []
    assert {"fastapi", "livekit-agents", "hibari-tts", "react", "@supabase/lite"} <= {one.name for one in packages}
    assert rows_missing(packages) == [], "`python -m supply_chain.licences` writes them"


@pytest.mark.parametrize("expression", ["MIT", "MIT OR GPL-3.0-only", "(Apache-2.0 AND BSD-3-Clause)", "PSF-2.0"])
def test_what_is_allowed(expression: str):
    assert is_allowed(expression)


@pytest.mark.parametrize(
    "expression",
    [None, "", "GPL-3.0-or-later", "AGPL-3.0", "LGPL-2.1", "MIT AND GPL-2.0", "SEE LICENSE IN x", "UNLICENSED"],
)
def test_what_is_not(expression: str | None):
    assert not is_allowed(expression)


def test_a_package_with_a_forbidden_licence_or_library_is_named():
    bad = [
        Shipped("Python", "copyleft", "1", "GPL-3.0-only"),
        Shipped("Python", "mystery", "1", None),
        Shipped("Python", "innocent", "1", "MIT", ("libx264",)),
    ]
    assert [fault.split()[0] for fault in faults_of(bad)] == ["copyleft", "mystery", "innocent"]


def test_a_judgement_names_only_what_is_there():
    carrying = {one.name for one in python_packages() if one.gpl_libraries}
    assert carrying <= set(JUDGED_LIBRARIES)
