"""What a plan is made of besides the parameters: what the job description and the résumé name.

Documents choose among questions and technologies, and nothing more: count, kinds and level are the parameters' alone.
"""

import re
from dataclasses import dataclass
from typing import Self, TypeVar

from prompts.question_bank import Competency, Mentions, mentions_in, technology_label
from storage.models.interview import InterviewParameters, Level, QuestionReason

Name = TypeVar("Name", bound=str)
MID_FROM_YEARS, SENIOR_FROM_YEARS = 2, 5
"""As job adverts mostly have it."""
_NUMBER = re.compile(r"(?:\+?\d[ ().\-/]{0,2}){9,}")
_ADDRESS = re.compile(r"@|://|^www\.|\.(?:com|org|net|io|dev|me|info|edu)\b", re.IGNORECASE)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Material:
    job: Mentions
    resume: Mentions
    resume_text: str
    """Empty where there is none, or it isn't to be used."""

    @classmethod
    def of(cls, parameters: InterviewParameters, resume: str | None) -> Self:
        return cls(mentions_in(parameters.job_description or ""), mentions_in(resume or ""), resume or "")

    @property
    def technologies(self) -> tuple[str, ...]:
        """Ids in the order in which they are to be asked about: what both name, what only the job names, and without
        such a job what the résumé names."""
        return _both_first(self.job.technologies, self.resume.technologies)

    @property
    def competencies(self) -> tuple[Competency, ...]:
        return _both_first(self.job.competencies, self.resume.competencies)

    @property
    def leaning(self) -> Level | None:
        """To which level's questions the years that are asked for (else: claimed) lean."""
        years = self.job.years_of_experience
        if years is None:
            years = self.resume.years_of_experience
        if years is None:
            return None
        return "senior" if years >= SENIOR_FROM_YEARS else "mid" if years >= MID_FROM_YEARS else "junior"

    def reason_for(self, name: str) -> QuestionReason | None:
        """Why something with this technology id or competency is asked; None where no document names it."""
        in_job = name in self.job.technologies or name in self.job.competencies
        in_resume = name in self.resume.technologies or name in self.resume.competencies
        label = technology_label(name) if name in (*self.job.technologies, *self.resume.technologies) else name
        if in_job and in_resume:
            return QuestionReason(because="job_and_resume", name=label)
        if in_job:
            return QuestionReason(because="job_not_resume" if self.resume_text else "job", name=label)
        return QuestionReason(because="resume", name=label) if in_resume else None


def _both_first(job: tuple[Name, ...], resume: tuple[Name, ...]) -> tuple[Name, ...]:
    if not job:
        return resume
    return (*(name for name in job if name in resume), *(name for name in job if name not in resume))


def without_contacts(resume: str) -> str:
    """Without addresses and numbers: no question needs them, and a hosted model mustn't get them."""
    return _WORD.sub(lambda word: "…" if _ADDRESS.search(word[0]) else word[0], _NUMBER.sub("…", resume))
