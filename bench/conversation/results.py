"""The samples of one table, each figure in a file of its own."""

from pathlib import Path
from typing import Any, get_args

from bench.conversation.figure_names import FigureName
from bench.samples import RESULTS_DIR, SampleFile

FOLDER = RESULTS_DIR / "conversation"


class Results:
    """`table` tells the runs with different models apart; what was taken before with the same settings stays."""

    def __init__(self, table: str, *, settings: str, fresh: bool = False, folder: Path = FOLDER) -> None:
        self.table = table
        self._files = {
            name: SampleFile.open(f"{table}-{name}", fresh=fresh, folder=folder, settings=settings)
            for name in get_args(FigureName)
        }

    def __getitem__(self, name: FigureName) -> SampleFile:
        return self._files[name]

    def keep(self, name: FigureName, key: str, value: float | None, **details: Any) -> None:
        """Once: what was measured before a run was stopped counts."""
        if key not in self._files[name]:
            self._files[name].keep(key, value, **details)

    def is_done(self, key: str) -> bool:
        return key in self._files["exchanges"]
