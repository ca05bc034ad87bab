"""What a process holds: memory, files, threads."""

import os
from dataclasses import dataclass
from pathlib import Path

import psutil

PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Held:
    """What one process holds."""

    memory_mb: float
    """Resident."""
    open_files: int
    threads: int

    @classmethod
    def by(cls, pid: int) -> "Held":
        process = Path(f"/proc/{pid}")
        resident_pages = int((process / "statm").read_text().split()[1])
        return cls(
            round(resident_pages * PAGE_KB / 1024, 1),
            len(list((process / "fd").iterdir())),
            len(list((process / "task").iterdir())),
        )


def own_share_mb(pid: int) -> float:
    """Proportional set size: pages that processes share are counted in parts."""
    return round(psutil.Process(pid).memory_full_info().pss / MEGABYTE, 1)
