"""Words that the recogniser should expect: of a plan, its technologies and the terms of its expected points."""

from prompts.setup.gazetteer import load_gazetteer
from storage.models.interview import InterviewParameters, QuestionKey

_MOST_TERMS = 80


def setup_vocabulary() -> list[str]:
    """For a conversation about the wanted interview: what is said most, then the technologies by their names."""
    known = load_gazetteer()
    return list(dict.fromkeys((*known.vocabulary, *(one.name for one in known.technologies))))[:_MOST_TERMS]


def plan_vocabulary(parameters: InterviewParameters, keys: list[QuestionKey]) -> list[str]:
    """Most important first, no repeats: technologies, then the first keyword of each group, question by question."""
    terms = [*parameters.technologies]
    for key in keys:
        for point in key.expected_points:
            terms += [group[0] for group in point.keywords if group]
    seen: dict[str, str] = {}
    for term in terms:
        seen.setdefault(term.lower(), term)
    return list(seen.values())[:_MOST_TERMS]
