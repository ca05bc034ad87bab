"""What a judge says of an answer."""

from dataclasses import dataclass, field
from typing import Literal

from agent.assessment.answers import Answer
from agent.assessment.spoken import SpokenTurn
from agent.assessment.words import Span
from storage.models.feedback import Evidence
from storage.models.interview import ExpectedPoint, Misconception

Covered = Literal["yes", "partly", "no"]
StoryPartName = Literal["situation", "action", "result", "number", "reflection"]
Move = Literal["approach", "reasons", "alternatives", "trade-offs", "checks", "constraints"]


@dataclass(frozen=True)
class Quoted:
    """A verbatim stretch of one turn."""

    spoken: SpokenTurn
    span: Span

    @property
    def evidence(self) -> Evidence:
        return self.spoken.evidence(self.span)

    @property
    def said(self) -> str:
        """The quote without fillers: what is looked at for cues."""
        return self.spoken.said_in(self.span)

    @property
    def has_doubt(self) -> bool:
        """The recogniser was unsure of some of it, so that it can't support a criticism."""
        return self.spoken.has_doubt(self.span)


@dataclass(frozen=True)
class PointFinding:
    """Whether one expected point was heard."""

    point: ExpectedPoint
    covered: Covered
    strength: float
    """0 to 1: how clearly it was heard. Orders findings; is never shown."""
    quoted: Quoted | None = None
    """Present when covered is `yes` or `partly`, and where a misconception was said instead."""
    caution: Literal["misconception", "unclear", "judges_disagree"] | None = None
    """Why a point that was talked about isn't called covered. `unclear`: it may be the wrong way round."""
    misconception: Misconception | None = None
    """Present exactly when the caution is `misconception`."""
    credit: float | None = None
    """0 to 1: what it counts for in a score, where a judge can say so more finely than by its state."""


@dataclass(frozen=True)
class StoryFinding:
    """Whether one part of a story was heard."""

    part: StoryPartName
    covered: Covered
    quoted: Quoted | None = None
    credit: float | None = None
    """As of a point."""


@dataclass(frozen=True)
class AnswerJudgement:
    """What one answer shows. `reason` is set exactly when it was not judged; there are no findings then."""

    answer: Answer
    status: Literal["answered", "partial", "declined", "not_reached"]
    reason: str | None = None
    points: tuple[PointFinding, ...] = ()
    story: tuple[StoryFinding, ...] = ()
    moves: dict[Move, Quoted] = field(default_factory=dict[Move, Quoted])
    relevance: float = 0.0
    """How close the answer's beginning comes to the question, as a cosine."""
    relevant: tuple[Quoted, ...] | None = None
    """The phrases that are about the question. None where nobody looked: then all of the answer is."""
    closeness: float | None = None
    """0 to 1, to the answer's reference. None without one. Known of an answer to something else, too."""

    @property
    def judged(self) -> bool:
        """Compared with what was expected. A judged answer may still be `partial`: broken off by the end."""
        return self.reason is None
