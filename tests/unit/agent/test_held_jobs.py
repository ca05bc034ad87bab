"""What a worker leaves behind that is killed, and what the next one makes of it."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.background import Background
from agent.held_jobs import HeldJobs
from agent.lost_jobs import report_orphans
from agent.settings import WorkerSettings
from storage.models.room import JobMetadata

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[3]
JOB = JobMetadata(kind="interview", id="../../an id", epoch=3)
HOLDS_AND_DIES = """
import os, signal, sys
from pathlib import Path
from agent.held_jobs import HeldJobs
from storage.models.room import JobMetadata
with HeldJobs(Path(sys.argv[1])).holding(JobMetadata(kind="interview", id="../../an id", epoch=3)):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_worker(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", HOLDS_AND_DIES, str(folder)], cwd=ROOT, check=False)


def test_a_job_of_a_killed_worker_is_found_and_one_that_came_to_its_end_is_not(tmp_path: Path):
    held = HeldJobs(tmp_path / "held")
    assert held.orphans() == []
    with held.holding(JobMetadata(kind="setup", id="another", epoch=1)):
        pass
    assert held.orphans() == []
    killed_worker(tmp_path / "held")
    assert held.orphans() == [JOB]
    held.forget(JOB)
    assert held.orphans() == []
    assert list(tmp_path.iterdir()) == [tmp_path / "held"]


def test_a_job_that_breaks_off_stays_noted_and_a_living_worker_keeps_its_own(tmp_path: Path):
    held = HeldJobs(tmp_path)
    with pytest.raises(ZeroDivisionError), held.holding(JOB):
        raise ZeroDivisionError
    (file,) = tmp_path.glob("*.json")
    assert held.orphans() == [JOB]  # noted by this very process, which holds nothing when it starts
    file.write_text(file.read_text().replace(f'"worker_pid":{os.getpid()}', '"worker_pid":1'))
    assert held.orphans() == []


def test_a_file_that_is_none_is_passed_over_and_a_full_disk_stops_nobody(tmp_path: Path):
    (tmp_path / "interview-x.json").write_text("{")
    assert HeldJobs(tmp_path).orphans() == []
    with HeldJobs(tmp_path / "interview-x.json").holding(JOB):
        pass


class Server:
    """Of an AgentServer, the events."""

    def __init__(self) -> None:
        self.listeners: dict[str, list[object]] = {}

    def on(self, event: str, listener: object) -> None:
        self.listeners.setdefault(event, []).append(listener)

    def off(self, event: str, listener: object) -> None:
        self.listeners[event].remove(listener)


async def test_orphans_are_reported_once_when_the_worker_can_take_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    reported: list[JobMetadata] = []

    async def report(job: JobMetadata, _: WorkerSettings) -> None:
        reported.append(job)

    monkeypatch.setattr("agent.lost_jobs._report", report)
    killed_worker(tmp_path)
    held, server, background = HeldJobs(tmp_path), Server(), Background()
    orphans = held.orphans()
    report_orphans(server, WorkerSettings.model_construct(), held, orphans, background)  # pyright: ignore[reportArgumentType]
    assert held.orphans() == [JOB]
    (registered,) = server.listeners["worker_registered"]
    registered("AW_1", None)  # pyright: ignore[reportCallIssue]
    await asyncio.sleep(0)
    assert reported == [JOB]
    assert held.orphans() == []
    assert server.listeners["worker_registered"] == []
