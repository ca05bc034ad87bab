"""What each question of a plan is to be about, where parameters or documents name something."""

from collections.abc import Sequence
from dataclasses import dataclass

from prompts.question_bank import match_technologies, technology_label
from storage.models.interview import InterviewParameters, QuestionReason
from token_server.planning.material import Material


@dataclass(frozen=True, slots=True)
class Focus:
    name: str
    """As it was typed, or as the bank writes it."""
    bank_id: str | None
    """Of a technology or a competency; None for a technology that the bank doesn't know."""
    reason: QuestionReason | None = None


def technology_focuses(parameters: InterviewParameters, material: Material) -> list[Focus]:
    """What the candidate named comes first, then what the documents name."""
    focuses: list[Focus] = []
    for name in parameters.technologies:
        id_ = next(iter(match_technologies([name])), None)
        focuses.append(Focus(name, id_, None if id_ is None else material.reason_for(id_)))
    named = {focus.bank_id for focus in focuses}
    more = [id_ for id_ in material.technologies if id_ not in named]
    return focuses + [Focus(technology_label(id_), id_, material.reason_for(id_)) for id_ in more]


def competency_focuses(material: Material) -> list[Focus]:
    return [Focus(name, name, material.reason_for(name)) for name in material.competencies]


def in_turn(focuses: Sequence[Focus], slots: int) -> list[Focus]:
    """One for each of so many questions; none where nothing is named. What the job asks for and the résumé doesn't have
    gets one question of several.
    """
    if not focuses:
        return []
    chosen = list(focuses[:slots])
    gap = next((focus for focus in focuses if focus.reason and focus.reason.because == "job_not_resume"), None)
    if slots > 1 and gap is not None and gap not in chosen:
        chosen[-1] = gap
    return [chosen[number % len(chosen)] for number in range(slots)]
