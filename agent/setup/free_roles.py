"""Job titles that the gazetteer doesn't know, told from the words around them."""

import re
from collections.abc import Sequence

from agent.setup.found import Asked, Found
from agent.setup.roles import MOST_WORDS_BEFORE_TITLE, NO_ROLE, modifies, title_of
from agent.setup.tokens import plain

_LEADS = re.compile(
    r"^(?:(?:um|uh|well|so|oh|ha|haha|hmm|ah|right|great|sure|hi|hello|okay|yes|yeah|no|"
    r"it's|it is|its|that's|for|as|my|the|a|an|role|job|position|is|"
    r"would be|i'm|i am|am|i'd like|i want|want|to|be|become|work|practise|practice|applying|apply|interview|"
    r"interviewing|be a|please|maybe|probably|rather|actually|let's say|say|make it|put) )+"
)
_ENDS = re.compile(r" (?:role|job|position|interview|please|then|thanks|thank you)$")
_OFFICE = r"(?:role|job|position|post|gig)"
_NAMED = rf"((?:(?!{_OFFICE}\b)[a-z0-9']++ ?){{1,5}}?)"
_FRAMED = (
    re.compile(rf"\bas (?:an?|the) {_NAMED}(?: {_OFFICE}\b| (?:at|in|with|for|and|please)\b|$)"),
    re.compile(rf"\b(?:become|becoming|be|i'm|i am) (?:an?|the) {_NAMED}(?: {_OFFICE}\b| (?:at|in|with|for|and)\b|$)"),
    re.compile(rf"\b(?:an?|the) {_NAMED} {_OFFICE}\b"),
    re.compile(rf"\b{_OFFICE} (?:is|as|of) (?:an? |the )?{_NAMED}$"),
    re.compile(rf"\bfor (?:an?|the) {_NAMED}(?: {_OFFICE}\b|$)"),
)
_WORK = re.compile(r"(?:ist|er|or|ian|ant|ent|man|woman|eur|ic|eer|ess|ef|rse|erk|ook)$")
"""How words for people's work end."""
_MOST_FREE_WORDS = 5


def free_role(plain_words: str, asked: Asked, levels: Sequence[str], *, only_framed: bool = False) -> str | None:
    """A role that the gazetteer doesn't know, where the words frame one.

    Unless `only_framed`, also where they are nothing but one.
    """
    if asked not in ("role", "anything", "confirm"):
        return None
    for frame in _FRAMED:
        if (framed := frame.search(plain_words)) and (role := _cleaned(framed[1].strip(), levels)):
            return role
    if asked == "role" and not only_framed:
        rest = _ENDS.sub("", _LEADS.sub("", f"{plain_words}"))
        if len(rest.split()) <= _MOST_FREE_WORDS:
            return _cleaned(rest, levels)
    return None


def role_instead(text: str, known: str, levels: Sequence[str]) -> str | None:
    """ "I should have said midwife, not nurse", "midwife is what I'm after, not nurse": where nobody asked for it."""
    words, other = plain(text), rf"(?:an? |the )?{re.escape(known.casefold())}"
    said = r"(?:said|meant|meant to say|mean|it's|actually)"
    before = re.search(rf"\b{said} (?:an? |the )?{_NAMED},? not {other}\b", words)
    leads = r"(?:(?:but|it's|rather|i'm|an?|the|sorry,?|they call it|it's called) )*"
    after = re.search(rf"\bnot {other}(?:,|\.| but| rather) {leads}{_NAMED}(?:,|\.|$)", words)
    is_it = r"is (?:what|the (?:one|job|role)) (?:[a-z']+ )*[a-z']+"
    ahead = re.search(rf"\b(?:and )?{_NAMED} {is_it},? not {other}\b", words)
    role = _cleaned(framed[1].strip(), levels) if (framed := before or after or ahead) else None
    return role if role is not None and _names_work(role.split()[-1]) else None


def leading_role(found: Found) -> str | None:
    """ "Physiotherapist, behavioral, three questions.": the first of a list, where it looks like somebody's work."""
    end = next((at for at in range(1, len(found.tokens)) if found.tokens[at].before), len(found.tokens))
    words = [found.word(at) for at in range(end)]
    is_known = any(at in found.used for at in range(end))
    if is_known or not 0 < len(words) <= MOST_WORDS_BEFORE_TITLE or not _WORK.search(words[-1]):
        return None
    return " ".join(words) if all(map(modifies, words)) else None


def _names_work(word: str) -> bool:
    return title_of(word) is not None or _WORK.search(word) is not None


def _cleaned(words: str, levels: Sequence[str]) -> str | None:
    kept = [word for word in words.split() if word not in levels]
    telling = [word for word in kept if modifies(word)]
    if not telling or any(word in NO_ROLE for word in kept) or len(kept) > _MOST_FREE_WORDS:
        return None
    return " ".join(kept)
