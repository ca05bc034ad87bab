"""What counts as a clear refusal, and the tables that are made of samples."""

from pathlib import Path

import httpx
import pytest

from bench.load import report
from bench.load.people import timed
from bench.samples import SampleFile

pytestmark = pytest.mark.unit


async def answering(status: int, **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"code": "rate_limited"}, headers=headers)


@pytest.mark.parametrize(
    ("status", "headers", "is_clear"),
    [
        (429, {"content-type": "application/problem+json", "retry-after": "3"}, True),
        (429, {"content-type": "application/problem+json"}, False),
        (503, {"content-type": "text/plain", "retry-after": "3"}, False),
        (500, {"content-type": "application/problem+json", "retry-after": "3"}, False),
    ],
)
async def test_only_a_refusal_that_says_what_and_until_when_is_clear(
    status: int, headers: dict[str, str], is_clear: bool
):
    call = await timed(lambda: answering(status, **headers))
    assert not call.succeeded
    assert call.refused_clearly == is_clear


def test_the_report_says_what_was_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(report, "REPORT", tmp_path / "load.md")
    monkeypatch.setattr(report, "SampleFile", _stored_in(tmp_path))
    pressure = SampleFile.open(report.PRESSURE, folder=tmp_path)
    pressure.keep("turn/16", 210.4, calls=1052, failed=1, p50_sec=0.07, p95_sec=0.11, p99_sec=None)
    beyond = SampleFile.open(report.BEYOND, folder=tmp_path)
    details = {"calls": 500, "refused": 100, "clearly": 99, "retry_after_sec": 31.0, "taken": 400, "found": 399}
    beyond.keep("turns", 0.8, answers={"429 rate_limited": 100}, in_order=False, **details)
    rooms = SampleFile.open(report.ROOMS, folder=tmp_path)
    rooms.keep("response/0.0", 1.2, cut_into=False)
    rooms.keep("third", 0.05, status=503, code="at_capacity", retry_after_sec=5.0)
    text = report.write_report()
    assert "| turn | 16 | 210 | 70 | 110 | - | 1052 | 1 |" in text
    assert "| 429 rate_limited × 100 | 31 | 400 | 399, **not in order** | 0.8 |" in text
    assert "| interview 1 | 1 | 1.20 | 1.20 | 0 |" in text
    assert "503 `at_capacity` with Retry-After 5 s" in text


def _stored_in(folder: Path) -> type[SampleFile]:
    class Stored(SampleFile):
        @classmethod
        def stored(cls, name: str, folder: Path = folder) -> SampleFile | None:
            return SampleFile.stored(name, folder)

    return Stored
