"""What becomes of a process when its parent ends, even by kill -9. Standard library only: every start pays for it."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def signal_when_parent_ends(death_signal: signal.Signals) -> None:
    """Sends this process the signal then. It outlives exec. Linux only."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:  # it ended just before the call
        os.kill(os.getpid(), death_signal)
