"""The scripted conversations. `final` is only for the final table."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from bench.assessment.sets import Part
from prompts.yaml_files import read_yaml
from storage.models.base import Model
from storage.models.interview import Tone
from storage.models.setup import NEEDED_FIELDS, SetupDraft

Kind = Literal["correction", "edit", "stop", "hard", "sound"]
SETS_DIR = Path(__file__).parent / "sets"
YES = "Yes, that's right."


class Script(Model):
    """One conversation, from the candidate's side. sets/README.md says what the keys mean."""

    id: str
    set: Part
    kinds: tuple[Kind, ...] = ()
    says: tuple[str, ...] = ()
    at: dict[str, tuple[str, ...]] = Field(default_factory=dict[str, tuple[str, ...]])
    edits: dict[str, dict[str, Any]] = Field(default_factory=dict[str, dict[str, Any]])
    want: tuple[str | None, str | None, str | None, int | None, tuple[str, ...] | None]
    tone: Tone | None = None
    note: str | None = None
    end: Literal["confirmed", "left"] = "confirmed"

    @property
    def draft(self) -> SetupDraft:
        return SetupDraft.model_validate({**dict(zip(NEEDED_FIELDS, self.want, strict=True)), "tone": self.tone})


@lru_cache(maxsize=1)
def scripts() -> tuple[Script, ...]:
    files = ("dialogues.yaml", "final.yaml")
    found = tuple(Script.model_validate(entry) for name in files for entry in read_yaml(SETS_DIR / name))
    ids = [script.id for script in found]
    assert len(set(ids)) == len(ids), "two conversations have one id"
    return found
