"""A draft in words: all of it for the read-back, and what changed."""

from collections.abc import Sequence

from agent.setup.suggestions import is_technical
from prompts.lines import spoken_count
from storage.models.interview import Level
from storage.models.setup import SetupDraft, SetupField

_LEVELS: dict[Level, str] = {"junior": "junior", "mid": "mid-level", "senior": "senior"}
_REMARKS, _JOB_DESCRIPTION = "what you told me about the job", "the job description"
MOST_NAMED = 6
"""Technologies that are read out by their names."""


def summary(draft: SetupDraft) -> str:
    """A complete draft in one sentence without its stop."""
    parts = [f"a {draft.interview_type} interview for a {_who(draft)}"]
    parts.append(f"with {spoken_count(draft.question_count or 0, 'question')}")
    if draft.technologies:
        parts.append(f"about {listed(draft.technologies)}")
    elif says_technologies(draft):
        parts.append("with no technologies in particular")
    if draft.tone is not None:
        parts.append(f"and a {draft.tone} interviewer")
    text = ", ".join(parts)
    besides = (draft.remarks, _REMARKS), (draft.job_description, _JOB_DESCRIPTION), (draft.use_resume, "your résumé")
    if used := [words for is_there, words in besides if is_there]:
        text += f". I'll also use {listed(used)}"
    return text


def says_technologies(draft: SetupDraft) -> bool:
    """Whether anybody would expect technologies in this interview."""
    return draft.interview_type != "behavioral" and draft.role is not None and is_technical(draft.role)


def so_far(draft: SetupDraft) -> str:
    """What is known of an unfinished draft; empty where nothing is."""
    known: list[str] = []
    if draft.interview_type is not None:
        known.append(f"a {draft.interview_type} interview")
    if draft.role is not None:
        known.append(_who(draft))
    elif draft.level is not None:
        known.append(_LEVELS[draft.level])
    if draft.question_count is not None:
        known.append(spoken_count(draft.question_count, "question"))
    if draft.technologies:
        known.append(listed(draft.technologies))
    if draft.tone is not None:
        known.append(f"a {draft.tone} interviewer")
    return ", ".join(known)


def noted(fields: Sequence[SetupField], draft: SetupDraft) -> str:
    """What was just understood, in a few words: somebody who was misheard notices at once."""
    heard: list[str] = []
    if "role" in fields and draft.role is not None:
        heard.append(_who(draft) if "level" in fields else draft.role)
    elif "level" in fields and draft.level is not None:
        heard.append(_LEVELS[draft.level])
    if "interview_type" in fields and draft.interview_type is not None:
        heard.append(draft.interview_type)
    if "question_count" in fields and draft.question_count is not None:
        heard.append(spoken_count(draft.question_count, "question"))
    if "technologies" in fields and draft.technologies is not None:
        heard.append(listed(draft.technologies) if draft.technologies else "no technologies in particular")
    if "tone" in fields and draft.tone is not None:
        heard.append(f"a {draft.tone} interviewer")
    return ", ".join(heard)


def change(fields: Sequence[SetupField], draft: SetupDraft) -> str:
    """What is different now, in whole sentences without the last stop."""
    return ". ".join(_sentence(name, draft) for name in fields)


def _sentence(name: SetupField, draft: SetupDraft) -> str:
    match name:
        case "role":
            return f"The role is {draft.role}"
        case "interview_type":
            return f"It's a {draft.interview_type} interview"
        case "level":
            return f"The level is {_LEVELS[draft.level or 'mid']}"
        case "question_count":
            return f"That makes {spoken_count(draft.question_count or 0, 'question')}"
        case "technologies":
            return f"It's about {listed(draft.technologies)}" if draft.technologies else "No technologies in particular"
        case "tone":
            return f"The interviewer is {draft.tone}"
        case "job_description":
            return f"I'll {'use' if draft.job_description else 'leave out'} {_JOB_DESCRIPTION}"
        case "remarks":
            return f"I'll {'use' if draft.remarks else 'leave out'} {_REMARKS}"
        case "use_resume":
            return "I'll use your résumé" if draft.use_resume else "I'll leave your résumé aside"


def _who(draft: SetupDraft) -> str:
    return f"{_LEVELS[draft.level]} {draft.role}" if draft.level is not None else draft.role or ""


def listed(names: Sequence[str]) -> str:
    named = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        named.append(f"{len(names) - MOST_NAMED} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
