"""Behavioural answers: which parts of a story were told. A checklist with quotes, no measured accuracy behind it.

What is said in general is no story: without an episode, only a lesson can be found, and in part. How much there is of a
part decides what it counts for; its state in the report needs one quote.
"""

from collections.abc import Sequence

from agent.assessment.cues import OWN_ACTION, SHARED_ACTION, STORY
from agent.assessment.episode import is_past
from agent.assessment.judge import Covered, Quoted, StoryFinding, StoryPartName
from agent.assessment.words import words_of
from storage.models.interview import QuestionKey

USUAL_PARTS: tuple[StoryPartName, ...] = ("situation", "action", "result", "reflection")
NO_STORY_ASKED = frozenset({"introduction", "motivation"})
"""Competencies whose questions ask for a statement, unless their key says otherwise."""
_TOLD_FROM, _TOLD_IN_PART_FROM = 0.5, 0.25
_FULL_ACTIONS = 4
"""Own actions, one a phrase. Of the development stories the fair ones have 1.4 on average, the strong ones 3.4."""
_ONE_ACTION = 0.6
_EARLY_RESULT, _UNNAMED_RESULT = 0.6, 0.4
"""What happened in the middle of a story is rarely what came of it."""
_VAGUE_SITUATION = 0.6
_SHARED_ACTION = 0.4
_LAST_PHRASES = 3


def asked_parts(key: QuestionKey) -> tuple[StoryPartName, ...]:
    """Empty where a statement is asked for."""
    asked: tuple[StoryPartName, ...] = tuple(dict.fromkeys(part.part for part in key.story))
    return asked or (() if key.competency in NO_STORY_ASKED else USUAL_PARTS)


def story_findings(key: QuestionKey, phrases: Sequence[Quoted], episode: float) -> tuple[StoryFinding, ...]:
    """One finding for each part that the question asks for.

    Args:
        key: What the question asks for.
        phrases: The answer's phrases in their order.
        episode: How much of an episode the answer is, 0 to 1 (episode.py).
    """
    return tuple(_FINDERS[part](phrases, episode) for part in asked_parts(key))


def _situation(phrases: Sequence[Quoted], episode: float) -> StoryFinding:
    """The beginning of a story stands first in it. Without a cue of time or place it is a vague one."""
    found = _with("situation", phrases)
    if found:
        return _told("situation", found[0], 1.0, episode)
    return _told("situation", phrases[0] if phrases else None, _VAGUE_SITUATION, episode)


def _action(phrases: Sequence[Quoted], episode: float) -> StoryFinding:
    """What "we" did is a team's action: it counts in part."""
    own = [phrase for phrase in phrases if OWN_ACTION.search(phrase.said)]
    if own:
        amount = _ONE_ACTION + (1 - _ONE_ACTION) * min(1.0, (len(own) - 1) / (_FULL_ACTIONS - 1))
        return _told("action", own[0], amount, episode)
    shared = next((phrase for phrase in phrases if SHARED_ACTION.search(phrase.said)), None)
    return _told("action", shared, _SHARED_ACTION, episode)


def _result(phrases: Sequence[Quoted], episode: float) -> StoryFinding:
    """What came of it stands last. Without a cue, the last that happened to others may be it."""
    found = _with("result", phrases)
    if found:
        is_late = 2 * (phrases.index(found[-1]) + 1) > len(phrases)
        return _told("result", found[-1], 1.0 if is_late else _EARLY_RESULT, episode)
    last = [phrase for phrase in phrases[-_LAST_PHRASES:] if _happened_to_others(phrase.said)]
    return _told("result", last[-1] if last else None, _UNNAMED_RESULT, episode)


def _happened_to_others(text: str) -> bool:
    words = words_of(text)
    return "i" not in words and any(map(is_past, words)) and not STORY["reflection"].search(text)


def _number(phrases: Sequence[Quoted], episode: float) -> StoryFinding:
    """It counts most in a result."""
    found = _with("number", phrases)
    in_result = [phrase for phrase in found if STORY["result"].search(phrase.said)]
    return _told("number", (in_result or found)[-1] if found else None, 1.0, episode)


def _reflection(phrases: Sequence[Quoted], episode: float) -> StoryFinding:
    found = _with("reflection", phrases)
    return _told("reflection", found[-1] if found else None, 1.0, max(episode, _TOLD_IN_PART_FROM))


_FINDERS = {
    "situation": _situation,
    "action": _action,
    "result": _result,
    "number": _number,
    "reflection": _reflection,
}


def _with(part: StoryPartName, phrases: Sequence[Quoted]) -> list[Quoted]:
    return [phrase for phrase in phrases if STORY[part].search(phrase.said)]


def _told(part: StoryPartName, quoted: Quoted | None, amount: float, episode: float) -> StoryFinding:
    credit = round(amount * episode, 6) if quoted is not None else 0.0
    covered: Covered = "yes" if credit >= _TOLD_FROM else "partly" if credit >= _TOLD_IN_PART_FROM else "no"
    return StoryFinding(part, covered, quoted if covered != "no" else None, credit=credit)
