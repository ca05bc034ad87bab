"""Strengths and areas for improvement, from the judgements only. wording.py puts them in sentences.

A strength stands on quotes. A criticism never stands on words that the recogniser was unsure of, nor on an answer
that it misheard in good part: there, "not heard" may be its fault.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agent.assessment.categories import ENOUGH_WORDS_FOR_MANNER
from agent.assessment.delivery import certain_hedges
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement, PointFinding, StoryFinding
from agent.assessment.scores import content_score
from storage.models.interview import Misconception

MUCH_DOUBT = 0.25
"""Share of doubtful words from which on what an answer lacks isn't held against it."""
STRONG_CONTENT = 0.5
MOST_STRENGTHS = 4
MOST_AREAS = 4
MOST_CLAIMS_OF_A_THEME = 3
MANY_HEDGES = 3.0
"""In a hundred words."""


@dataclass(frozen=True)
class CoveredWell:
    """An answer that contained much of what was asked for."""

    judgement: AnswerJudgement
    points: tuple[PointFinding, ...]


@dataclass(frozen=True)
class ToldWell:
    """A story told with its own action and more."""

    judgement: AnswerJudgement
    parts: tuple[StoryFinding, ...]


@dataclass(frozen=True)
class CheckThis:
    """Something that sounded like a misconception. Code can't be sure, so it is a question, not a verdict."""

    judgement: AnswerJudgement
    point: PointFinding
    misconception: Misconception


@dataclass(frozen=True)
class NotHeard:
    """Points that a good answer needs and that weren't heard."""

    judgement: AnswerJudgement
    points: tuple[PointFinding, ...]


@dataclass(frozen=True)
class StoryLacks:
    """A part that several stories lacked."""

    part: str
    judgements: tuple[AnswerJudgement, ...]
    of: int


@dataclass(frozen=True)
class MuchHedging:
    per_hundred_words: float
    judgements: tuple[AnswerJudgement, ...]


Strength = CoveredWell | ToldWell
Area = CheckThis | NotHeard | StoryLacks | MuchHedging


def theme_of(area: Area) -> str:
    """What an area is about, without the question's title and without counts: areas with one theme recur."""
    match area:
        case CheckThis():
            return area.point.point.claim
        case NotHeard():
            return ". ".join(finding.point.claim for finding in area.points[:MOST_CLAIMS_OF_A_THEME])
        case StoryLacks():
            return f"Stories are told without the {area.part}"
        case MuchHedging():
            return "Hedging: maybe, I guess, sort of"


def judgements_of(area: Area) -> tuple[AnswerJudgement, ...]:
    """Of the answers that it was found in."""
    match area:
        case CheckThis() | NotHeard():
            return (area.judgement,)
        case StoryLacks() | MuchHedging():
            return area.judgements


def is_misheard(judgement: AnswerJudgement) -> bool:
    return judgement.answer.doubtful_share >= MUCH_DOUBT


def find_strengths(interview: JudgedInterview) -> list[Strength]:
    """The answers that contained most, best first."""
    ranked = _ranked(interview, interview.with_content)
    found: list[Strength] = []
    for judgement in reversed(ranked):
        if (content_score(judgement, interview.level) or 0.0) < STRONG_CONTENT:
            continue
        told = tuple(finding for finding in judgement.story if finding.covered == "yes")
        clear = tuple(finding for finding in judgement.points if finding.covered == "yes")
        if len(told) >= 3 and any(finding.part == "action" for finding in told):
            found.append(ToldWell(judgement, told))
        elif clear:
            found.append(CoveredWell(judgement, tuple(sorted(clear, key=lambda finding: -finding.strength))))
    return found[:MOST_STRENGTHS]


def find_areas(interview: JudgedInterview) -> list[Area]:
    """What to check first, then what stories lack, then what was missing, worst answers first."""
    certain = [judgement for judgement in interview.judged if not is_misheard(judgement)]
    found: list[Area] = [
        CheckThis(judgement, finding, finding.misconception)
        for judgement in certain
        for finding in judgement.points
        if finding.misconception is not None and finding.quoted is not None and not finding.quoted.has_doubt
    ]
    found += _lacking_parts([judgement for judgement in certain if judgement.story])
    for judgement in _ranked(interview, certain):
        if judgement.story:
            # People tell the same thing in too many ways for "not heard" to be held against a story.
            continue
        missing = tuple(f for f in judgement.points if _is_missing(f))
        if missing:
            found.append(NotHeard(judgement, missing))
    hedging = _much_hedging(interview)
    return [*found[: MOST_AREAS - 1], hedging] if hedging is not None else found[:MOST_AREAS]


def _is_missing(finding: PointFinding) -> bool:
    """A misconception in its place is told by itself."""
    return finding.covered == "no" and finding.point.importance == "must" and finding.misconception is None


def _ranked(interview: JudgedInterview, judgements: Sequence[AnswerJudgement]) -> list[AnswerJudgement]:
    """Weakest content first; questions in their order where it is the same."""
    return sorted(judgements, key=lambda judgement: content_score(judgement, interview.level) or 0.0)


def _lacking_parts(stories: Sequence[AnswerJudgement]) -> list[StoryLacks]:
    lacking = Counter(finding.part for story in stories for finding in story.story if finding.covered == "no")
    return [
        StoryLacks(
            part,
            tuple(s for s in stories if any(f.part == part and f.covered == "no" for f in s.story)),
            len(stories),
        )
        for part, _ in sorted(lacking.items(), key=lambda item: (-item[1], item[0]))[:2]
    ]


def _much_hedging(interview: JudgedInterview) -> MuchHedging | None:
    manner = interview.manner
    if manner.words < ENOUGH_WORDS_FOR_MANNER or 100 * manner.hedges / manner.words < MANY_HEDGES:
        return None
    hedging = tuple(judgement for judgement in interview.with_content if certain_hedges(judgement.answer))
    return MuchHedging(100 * manner.hedges / manner.words, hedging)
