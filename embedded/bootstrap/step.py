"""One thing that must be there before anything can start."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Missing:
    """What a step would have to do."""

    what: str
    fetch_bytes: int
    """About how much comes over the network."""
    cache_bytes: int = 0
    """Disk it takes in the shared cache, at its worst moment."""
    checkout_bytes: int = 0
    """Disk it takes in the checkout."""
    shared: bool = False
    """It writes to the cache that other checkouts use."""


class Step(Protocol):
    def missing(self) -> Missing | None:
        """None when it is all there. Quick, and changes nothing.

        Raises:
            SetupProblemError: something is there that must not be used.
        """
        ...

    def supply(self) -> None:
        """Makes it be there. Can be interrupted at any moment, and repeated.

        Raises:
            SetupProblemError
        """
        ...
