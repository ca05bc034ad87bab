"""Taking back the last correction without naming it: "no, leave it in after all", "as it was before"."""

from agent.setup.heard import Undo
from agent.setup.phrasing import any_of
from agent.setup.tokens import words_of

_FORMER = r"(?:old|first|previous|earlier|original) (?:one|version|number|level|role)"
_ALL = any_of(
    r"undo(?: (?:that|it|this|the last (?:change|one|thing)))?",
    r"(?:as|how|like|what|the way) (?:it|that|they) (?:was|were)(?: before| first)?",
    r"(?:forget|ignore|disregard|scratch|strike|scrap) "
    r"(?:that|this|what i (?:just )?said|(?:that|my|the) last (?:change|thing))",
    r"take that back",
    r"(?:it|that) was (?:right|fine|better|good|ok|okay) (?:before|the first time|as it was)",
    rf"the {_FORMER} (?:was|is) (?:right|fine|better|good)",
    rf"(?:go )?back to (?:the )?{_FORMER}",
    r"change (?:it|that|them) back",
)
_REMOVAL = any_of(
    r"(?:leave|keep|let) (?:it|that|them|both)(?: stay)?(?: in)? (?:after all|anyway)",
    r"(?:put|bring|add|take) (?:it|that|them|both) (?:back|in again|again)(?: in)?",
    r"(?:it|that|they) (?:can|should) stay(?: in)?(?: after all)?",
    r"i (?:do )?(?:need|want) (?:it|that|them) after all",
)


def read_undo(text: str) -> Undo | None:
    words = " ".join(words_of(text))
    if _REMOVAL.search(words):
        return "removal"
    return "all" if _ALL.search(words) else None
