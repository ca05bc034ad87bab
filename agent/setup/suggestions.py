"""What is suggested for a field, and chosen where somebody leaves the choice."""

from typing import Any

from prompts.question_bank.mentions import mentions_in
from prompts.question_bank.vocabulary import match_role, role_technologies, technology_label
from storage.models.interview import InterviewType
from storage.models.setup import SetupDraft, SetupField

QUESTION_COUNT = 5
_MOST_TECHNOLOGIES = 3
_ROLE = "software engineer"
_ROLE_OF_FAMILY = {
    "backend": "backend developer",
    "frontend": "frontend developer",
    "full-stack": "full-stack developer",
    "mobile": "mobile developer",
    "data": "data engineer",
    "ml": "machine learning engineer",
    "devops": "DevOps engineer",
    "security": "security engineer",
    "qa": "QA engineer",
}


def suggested_role(draft: SetupDraft) -> str | None:
    """From the technologies; None where they tell nothing."""
    for technology in draft.technologies or []:
        families = match_role(f"{technology} developer")
        if (role := _ROLE_OF_FAMILY.get(families[0])) is not None:
            return role
    return None


def suggested_technologies(draft: SetupDraft) -> list[str]:
    """What the job description or a remark names, else what the role is usually asked; empty where nothing is."""
    told = f"{draft.remarks or ''}\n{draft.job_description or ''}"
    ids = mentions_in(told).technologies or role_technologies(draft.role or "")
    return [technology_label(id_) for id_ in ids[:_MOST_TECHNOLOGIES]]


def is_technical(role: str) -> bool:
    """Whether the bank knows the role as one with technologies."""
    return match_role(role)[0] != "general"


def default_for(name: SetupField, draft: SetupDraft) -> Any:
    """A sensible value for a field, by what is known."""
    match name:
        case "role":
            return suggested_role(draft) or _ROLE
        case "interview_type":
            return _default_type(draft)
        case "level":
            return "mid"
        case "question_count":
            return QUESTION_COUNT
        case "technologies":
            return []
        case "tone":
            return "neutral"
        case "job_description" | "remarks" | "use_resume":
            return None


def _default_type(draft: SetupDraft) -> InterviewType:
    return "mixed" if draft.role is None or is_technical(draft.role) else "behavioral"
