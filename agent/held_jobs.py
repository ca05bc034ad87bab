"""Which jobs the workers of this machine hold, kept on disk: a worker that starts knows what went down with the last.

A worker that is killed takes its jobs with it and tells nobody. The token server would notice by the heartbeats that
stay away, ten seconds later (HEARTBEAT_LOST_SEC); the next worker can say it as soon as it can take them.
"""

import multiprocessing
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import structlog
from pydantic import ValidationError

from storage.models.base import Model
from storage.models.room import JobMetadata

log = structlog.get_logger()


class _Held(Model):
    job: JobMetadata
    worker_pid: int


class HeldJobs:
    """
    Args:
        folder: of this machine's workers, made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def holding(self, job: JobMetadata) -> Generator[None]:
        """While it is held by this process. What ends with an error, or with the process, stays noted."""
        self._note(job)
        yield
        self.forget(job)

    def orphans(self) -> list[JobMetadata]:
        """Jobs of workers that are gone. Nothing is held by the calling process yet."""
        files = sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []
        noted = [held for file in files if (held := _read(file)) is not None]
        return [held.job for held in noted if held.worker_pid == os.getpid() or not _is_alive(held.worker_pid)]

    def forget(self, job: JobMetadata) -> None:
        with suppress(FileNotFoundError, NotADirectoryError):
            self._file(job).unlink()

    def _note(self, job: JobMetadata) -> None:
        """A disk that is full costs the quick return after a kill, and nothing else."""
        parent = multiprocessing.parent_process()
        pid = parent.pid if parent is not None and parent.pid is not None else os.getpid()
        file = self._file(job)
        unfinished = file.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(_Held(job=job, worker_pid=pid).model_dump_json(), encoding="utf-8")
            unfinished.replace(file)
        except OSError as error:
            log.warning("held_job_not_noted", error=str(error))

    def _file(self, job: JobMetadata) -> Path:
        return self._folder / f"{job.kind}-{sha256(job.id.encode()).hexdigest()[:16]}.json"


def _read(file: Path) -> _Held | None:
    try:
        return _Held.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        log.warning("held_job_unreadable", file=file.name, error=type(error).__name__)
        return None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and there
    return True
