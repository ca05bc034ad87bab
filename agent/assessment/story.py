"""Behavioural answers: which parts of a story were told. A checklist with quotes, no measured accuracy behind it."""

from collections.abc import Sequence

from agent.assessment.cues import OWN_ACTION, SHARED_ACTION, STORY
from agent.assessment.judge import Quoted, StoryFinding, StoryPartName
from storage.models.interview import QuestionKey

USUAL_PARTS: tuple[StoryPartName, ...] = ("situation", "action", "result", "reflection")
NO_STORY_ASKED = frozenset({"introduction", "motivation"})
"""Competencies whose questions ask for a statement, unless their key says otherwise."""


def story_findings(key: QuestionKey, phrases: Sequence[Quoted]) -> tuple[StoryFinding, ...]:
    """One finding for each part that the question asks for."""
    parts: tuple[StoryPartName, ...] = tuple(dict.fromkeys(part.part for part in key.story))
    if not parts:
        parts = () if key.competency in NO_STORY_ASKED else USUAL_PARTS
    return tuple(_own_action(phrases) if part == "action" else _found(part, phrases) for part in parts)


def _found(part: StoryPartName, phrases: Sequence[Quoted]) -> StoryFinding:
    """The beginning of a story stands first in it, and what came of it last. A number counts most in a result."""
    found = [phrase for phrase in phrases if STORY[part].search(phrase.evidence.quote)]
    if part == "number":
        found = [phrase for phrase in found if STORY["result"].search(phrase.evidence.quote)] or found
    if not found:
        return StoryFinding(part, "no")
    return StoryFinding(part, "yes", found[0] if part == "situation" else found[-1])


def _own_action(phrases: Sequence[Quoted]) -> StoryFinding:
    """What "we" did is a team's action: it counts in part."""
    own = next((phrase for phrase in phrases if OWN_ACTION.search(phrase.evidence.quote)), None)
    if own is not None:
        return StoryFinding("action", "yes", own)
    shared = next((phrase for phrase in phrases if SHARED_ACTION.search(phrase.evidence.quote)), None)
    return StoryFinding("action", "partly" if shared else "no", shared)
