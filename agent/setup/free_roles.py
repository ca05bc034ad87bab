"""Job titles that the gazetteer doesn't know, told from the words around them."""

import re
from collections.abc import Sequence

from agent.setup.found import Asked, Found
from agent.setup.roles import MOST_WORDS_BEFORE_TITLE, NO_ROLE, modifies, title_of
from agent.setup.tokens import plain, words_of

_LEADS = re.compile(
    r"^(?:(?:um|uh|well|so|oh|ha|haha|hmm|ah|right|great|sure|hi|hello|okay|yes|yeah|no|"
    r"it's|it is|its|that's|for|as|my|the|a|an|role|job|position|is|"
    r"would be|i'm|i am|am|i'd like|i want|want|to|be|become|work|practise|practice|applying|apply|interview|"
    r"interviewing|be a|i (?:think|guess|suppose)|let's (?:take|go with|do|say)|please|maybe|probably|rather|actually|"
    r"say|make it|put) )+"
)
_ENDS = re.compile(
    r"(?: (?:role|job|position|interview|please|then|thanks|thank you|it is|i (?:think|guess|suppose)|in the end))+$"
)
_OFFICE = r"(?:role|job|position|post|gig|vacancy|opening)"
_NAMED = rf"((?:(?!{_OFFICE}\b)[\w']++)(?: (?!{_OFFICE}\b)[\w']++){{0,4}}?)"
_WHERE_AND_WHEN = (
    r"(?:someday|some day|one day|soon|again|now|instead|abroad|there|here|later|eventually|first|at last|"
    r"if|when|where|while|which|who|because|since|but|so|until|before|after|during|near|nearby|around|under|within|"
    r"from|by|on|at|in|with|for|next|this|tomorrow|please|if possible)"
)
"""What follows the name of a role, and is no part of it."""
_WRONG = r"(?:(?:is|was) (?:wrong|incorrect|not right|a mistake)|isn't right)"
_NO_NAME = r"(?:wrong|incorrect|not|in|at|on|from|near|with)\b"
_TOLD = re.compile(
    rf"\b(?:{_OFFICE}|title) (?:{_WRONG} (?:(?:it's|it is|it should be|should be|make it) )?|"
    rf"(?:is|to|should be|would be|should say|is called|becomes) (?!{_NO_NAME}))"
    rf"(?:an? |the )?{_NAMED}(?: (?:{_WHERE_AND_WHEN}|and|not)\b|$)"
)
"""The role is told as the role: "the job should be midwife"."""
_EXCHANGES = r"(?:change|replace|swap|switch|exchange|turn)"
_UP_TO_THE_NAME = re.compile(
    r"^(?:and |.*\b(?:said|say|meant|mean|it's|it|its|be|is|i'm|am|actually|rather|for|as|called|put|want|no|but|"
    r"sorry|an?|the) )"
)
_ENDS_IT = rf" (?:{_WHERE_AND_WHEN}|and)\b|$"
_SEEKS = r"(?:needs?|wants?|hiring|looking for|seeking|searching for|after)"
_FRAMED = (
    re.compile(rf"(?<!\bwas )\bas (?:an?|the) {_NAMED}(?: {_OFFICE}\b|{_ENDS_IT})"),
    re.compile(rf"\b(?:become|becoming|be|i'm|i am) (?:an?|the) {_NAMED}(?: {_OFFICE}\b|{_ENDS_IT})"),
    re.compile(rf"\b(?:an?|the) {_NAMED} {_OFFICE}\b"),
    re.compile(rf"\b{_OFFICE} (?:is|as|of) (?!{_NO_NAME})(?:an? |the )?{_NAMED}(?:{_ENDS_IT})"),
    re.compile(rf"\bfor (?:an?|the) {_NAMED}(?: {_OFFICE}\b|$)"),
)
_CHOOSES = (
    r"(?:(?:pick(?:ed)?|choose|chose|chosen|selected) |(?:settled?|decided?) on |"
    r"(?:go|goes|going|gone|went|opt|opted|apply|applied|applying) (?:for|as) )"
)
_FRAMED_LOOSELY = (
    re.compile(rf"\b(?:they|they're|you're|you are|they are|is|who) {_SEEKS} (?:an?|another) {_NAMED}(?:{_ENDS_IT})"),
    re.compile(rf"\bfor (?:an?|the|my) {_NAMED} (?:interview|assessment|trial|exam)\b"),
    re.compile(rf"\b{_CHOOSES}(?:an? |the |my )?{_NAMED}(?: {_OFFICE}\b|{_ENDS_IT})"),
    re.compile(rf"\bas (?!(?:soon|well|far|long|good|if|i|my|you|we|it|they|an?|the)\b){_NAMED}(?:{_ENDS_IT})"),
)
"""Framed where it looks like somebody's work: "a mock interview" is none."""
_ASIDE = re.compile(rf" (?:{_WHERE_AND_WHEN}|and)\b.*$")
_EMPLOYERS = frozenset(
    "company firm startup business bank hospital hotel school university restaurant shop store office agency".split()  # noqa: SIM905
)
"""Who looks for work there isn't one."""
_WORK = re.compile(r"(?:ist|er|or|ian|ant|ent|man|woman|eur|ic|eer|ess|ef|rse|erk|ook|guard|hand|smith)$")
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
    for frame in _FRAMED_LOOSELY:
        if (framed := frame.search(plain_words)) and _names_work(framed[1].split()[-1]):
            return _cleaned(framed[1], levels)
    if asked == "role" and not only_framed:
        rest = _ENDS.sub("", _LEADS.sub("", plain_words))
        if not _names_work(rest.rpartition(" ")[2]):
            # "zookeeper in Canada", and not "meals on wheels driver"
            rest = _ASIDE.sub("", rest)
        if len(rest.split()) <= _MOST_FREE_WORDS:
            return _cleaned(rest, levels)
    return None


def role_instead(text: str, known: str, levels: Sequence[str]) -> str | None:
    """ "I should have said midwife, not nurse", "change nurse to midwife": where nobody asked for it."""
    words, other = plain(text), rf"(?:for )?(?:an? |the )?{re.escape(known.casefold())}"
    ends = r"(?:,|\.|$| and | please)"
    framed = (
        rf"\b{_NAMED} is (?:what|the (?:one|job|role)) (?:[a-z']+ )*[a-z']+,? not {other}\b",
        rf"\b{_NAMED},? (?:and |but )?(?:not|instead of|rather than|in place of) {other}\b",
        rf"\bnot {other}(?:,|\.| but| rather) {_NAMED}(?:,|\.|$)",
        rf"\b{_EXCHANGES} {other} (?:to|with|for|by|into) (?:an? |the )?{_NAMED}{ends}",
        rf"\b{other} {_WRONG}[,.] {_NAMED}{ends}",
        rf"\b{_NAMED} as (?:the|my) {_OFFICE}\b",
    )
    told = (*(re.search(frame, words) for frame in framed), _TOLD.search(" ".join(words_of(text))))
    names = (_cleaned(_UP_TO_THE_NAME.sub("", one[1]).strip(), levels) for one in told if one is not None)
    role = next((role for role in names if role is not None and _names_work(role.split()[-1])), None)
    return role or _with_another_word(words, known)


def _with_another_word(words: str, known: str) -> str | None:
    """ "Secondary, not primary" of a primary teacher."""
    for word in known.casefold().split()[:-1]:
        framed = re.search(rf"\b([a-z]+),? (?:not|instead of|rather than) {re.escape(word)}(?:,|\.|$)", words)
        if framed is not None and modifies(framed[1]):
            return known.casefold().replace(word, framed[1])
    return None


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
    is_none = any(word in NO_ROLE for word in kept) or words.rpartition(" ")[2] in _EMPLOYERS
    if not telling or is_none or len(kept) > _MOST_FREE_WORDS:
        return None
    return " ".join(kept)
