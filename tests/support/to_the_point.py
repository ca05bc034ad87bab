"""Recorded answers that fit a question. Questions come from a large bank; an answer beside the point isn't judged.

There is no recording for every question. Who wants a report asks for a technical interview that is `ANSWERABLE`:
whatever is drawn for it, the first question has a recorded answer (40 of 40 drawings).
"""

from collections.abc import Iterator
from itertools import cycle
from typing import Final, Literal

from agent.assessment.embedding.minilm import MiniLm
from agent.settings import ProviderSettings
from tests.support.candidate import Clip, ClipLibrary

ANSWERABLE: Final = ("Backend engineer", "junior", "Redis")
"""Role, level and technology of a technical interview of two questions."""
KINDS: Final[tuple[Literal["answer", "long"], ...]] = ("answer", "long")
SETS: Final[tuple[Literal["dev", "test"], ...]] = ("dev", "test")


def answers_to(question: str, clips: ClipLibrary) -> Iterator[Clip]:
    """All answers in one voice each, the closest in meaning first, over and over."""
    said_by_anybody = [clip for kind in KINDS for clip_set in SETS for clip in clips.of_kind(kind, clip_set)]
    answers = {clip.spec.id: clip for clip in said_by_anybody}
    model = MiniLm(ProviderSettings().embedder_dir)
    asked, *said = model.embed([question, *(clip.text for clip in answers.values())])
    closeness = {clip_id: float(vector @ asked) for clip_id, vector in zip(answers, said, strict=True)}
    return cycle(sorted(answers.values(), key=lambda clip: -closeness[clip.spec.id]))
