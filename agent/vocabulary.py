"""Words that the recogniser should expect: of a plan, its technologies and the terms of its expected points."""

from itertools import chain

from agent.setup.found import Asked
from prompts.question_bank.vocabulary import match_role
from prompts.setup.gazetteer import load_gazetteer
from storage.models.interview import InterviewParameters, QuestionKey

_MOST_TERMS = 80


def setup_vocabulary(asked: Asked = "anything", role: str | None = None) -> list[str]:
    """For a conversation about the wanted interview: what answers the question, or what is said most.

    Args:
        role: as far as it is known; who asks for technologies expects those of it.
    """
    known = load_gazetteer()
    if asked == "technologies" and role:
        of_family = (known.technologies_of.get(family, ()) for family in match_role(role))
        return list(dict.fromkeys(chain.from_iterable(of_family)))[:_MOST_TERMS]
    return list(known.answers.get(asked, known.vocabulary))[:_MOST_TERMS]


def setup_choices(asked: Asked) -> tuple[str, ...]:
    """What a short answer to this question is, most probably."""
    return load_gazetteer().choices.get(asked, ())


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
