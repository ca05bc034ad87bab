"""What a process holds: memory, files, threads."""

from dataclasses import dataclass

import psutil

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Held:
    """What one process holds."""

    memory_mb: float
    """Resident."""
    open_files: int
    threads: int

    @classmethod
    def by(cls, pid: int) -> "Held":
        process = psutil.Process(pid)
        return cls(round(process.memory_info().rss / _MEBIBYTE, 1), process.num_fds(), process.num_threads())


def own_share_mb(pid: int) -> float:
    """Proportional set size: pages that processes share are counted in parts."""
    return round(psutil.Process(pid).memory_full_info().pss / _MEBIBYTE, 1)
