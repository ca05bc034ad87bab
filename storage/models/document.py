"""What a candidate pastes or uploads: a résumé of the person, a job description of the interview."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from storage.models.base import Model

MOST_DOCUMENT_CHARACTERS = 20_000
"""About six closely written pages: more than any résumé or job advert has."""
DocumentText = Annotated[str, StringConstraints(max_length=MOST_DOCUMENT_CHARACTERS)]


class Resume(Model):
    """One a person: another takes its place."""

    text: DocumentText
    updated_at: datetime
