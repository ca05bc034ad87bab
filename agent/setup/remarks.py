"""What somebody adds that no field is for, a company or a worry: kept word for word with the job description."""

import re

from agent.setup.tokens import sentences

_WORRIES = re.compile(
    r"\b(?:(?:nervous|worried|anxious|afraid|scared|unsure|insecure) (?:about|of|with|that|because)|"
    r"(?:struggle|struggled|struggling|trouble|bad|weak|weakest|rusty) (?:with|at|in|on)|"
    r"(?:stuck|failed|rejected) (?:at|in|on|after|because)|my weakness)\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\bat (?:an? )?(?:[A-Z][\w&.-]+|(?:\w+ )?(?:bank|startup|start-up|hospital|consultancy|agency|company|fintech|"
    r"hotel|restaurant|school|university|firm|insurance)\b)|\bcompany (?:is|called|named)\b"
    r"|\b(?:for|with|by|from) (?:Google|Amazon|Meta|Microsoft|Apple|Netflix|Spotify|Uber|Airbnb|Stripe|Shopify|Tesla|"
    r"IBM|SAP|Siemens)\b"
    r"|\b[A-Z][\w&.-]+ (?:has |have |just |finally )*"
    r"(?:invited|contacted|approached|called|wrote to|offered) (?:me|us)\b"
)
_NO_PLACES = frozenset({"Least", "Most", "All", "The", "Once", "First", "Work"})


def find_remark(text: str) -> str | None:
    """The sentences that name a company or a worry; None where none does."""
    kept = [part for part in sentences(text) if _WORRIES.search(part) or _names_a_place(part)]
    return " ".join(kept) or None


def _names_a_place(sentence: str) -> bool:
    place = _PLACES.search(sentence)
    return place is not None and place.group().split()[-1] not in _NO_PLACES
