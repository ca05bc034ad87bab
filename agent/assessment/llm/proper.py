"""What no sentence of a report may say, whoever wrote it."""

import re

from prompts.wording_guard import fault_of

_IMPROPER = re.compile(
    r"""\b(?:hir(?:e|ed|ing|eable)|employ(?:ed|able)?|recruit(?:ed|er)?|job\s+offer|(?:strong|good|right)\s+fit\s+for\s+the\s+(?:role|job|team)
    |accents?|native\s+speaker|pronunciation|dialect|personality|character|introvert(?:ed)?|extrovert(?:ed)?|intelligen(?:t|ce)
    |talent(?:ed)?|gifted|smart|stupid|lazy|nervous(?:ness)?|anxious|shy|gender|nationality|ethnic\w*|religio\w*|your\s+age
    |you\s+(?:always|never)|rubric|prompt|schema|json|system\s+message)\b
    | <[a-z/] | [{}]""",
    re.IGNORECASE | re.VERBOSE,
)

_REPORTS_SAY = "expected points"
"""An interviewer must not speak of them; a report counts them."""


def is_proper(text: str) -> bool:
    """Says something, and nothing about being hired, about a person's nature, or about how it was made."""
    if not text.strip() or _IMPROPER.search(text):
        return False
    return fault_of(text, known=_REPORTS_SAY, praise_is_one=False) is None
