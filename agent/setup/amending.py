"""What a turn changes of the draft without naming it anew: "make it half", "only those", "the level is wrong".

What else is said of all technologies stands in `wholesale`.
"""

import re
from collections.abc import Sequence

from agent.setup.found import FIELD_OF, Asked, Found
from agent.setup.heard import Slots
from agent.setup.lexicon import load_lexicon
from agent.setup.numbers import FEWEST, MOST
from agent.setup.polarity import Judged, starts_with_no
from agent.setup.tokens import words_of
from agent.setup.wholesale import removed_by_place
from storage.models.interview import Level
from storage.models.setup import SetupDraft, SetupField

_ONLY = re.compile(
    r"\b(?:only|just|nothing but|solely|all about|make (?:it|that|them)|"
    r"should be(?! (?:fine|good|enough|ok|okay|right|there|in)\b)|i (?:said|meant|mean))\b"
)
ADDS = re.compile(
    r"\b(?:add|also|too(?! (?:much|many|long|few|hard|easy))|as well|"
    r"plus|on top|in addition|besides|include|including|another|with|back in|(?:put|bring) (?:\S+ ){1,4}back)\b|^and\b"
)
_REPLACES_ALL = re.compile(
    r"\breplace (?:all|everything|them|those|these)\b"
    r"|\b(?:forget|drop|scrap|remove|lose) (?:all )?(?:of )?(?:the|those|these|my) (?:technologies|tools|ones)\b"
)
_WRONG_FIELD = (
    r"(?:wrong|incorrect|different|not right|not correct|isn't right|isn't correct|is off|should be different)"
)
_CHANGES = r"(?<!don't )(?<!not )\b(?:change|different|wrong|fix|correct|update|adjust|edit|other)"
_HALVES = re.compile(
    r"\b(?:halve|make (?:it|that) half|half (?:of (?:that|them|it)|as many)|"
    r"(?:cut|chop) (?:it |that |them |the |this )?(?:\w+ )?in half)\b"
)
_DOUBLES = re.compile(r"\b(?:double (?:it|that|them|the (?:questions|number))|twice (?:as many|that|the))\b")
_ONE_LEVEL = re.compile(
    r"\b(?:one|a|next) (?:(?:level|step|notch|grade) )?(?P<way>up|higher|down|lower)\b"
    r"|^(?:(?:no|um|well|and|rather|go) )*(?P<first>up|down) (?:a|one) (?:level|step|notch|grade)\b"
    r"|\b(?:bump|move|nudge|push|take) (?:me|it|that|the level) (?P<moved>up|down)\b(?! (?:to|by)\b)"
    r"|(?<!don't )(?<!not )(?<!never )\b(?P<by>drop|lower|reduce|raise|increase) the level"
    r"(?: (?:by )?(?:one|a (?:level|step|notch|grade)))?(?: (?:please|then))?$"
)
_RAISES = frozenset({"up", "higher", "raise", "increase"})
_AS_IT_IS = r"(?:as (?:it|they) (?:is|was|are|were)|as is|the same|unchanged|alone)"
_LEVELS: tuple[Level, ...] = ("junior", "mid", "senior")
_TOO_MANY = re.compile(
    r"\b(?:(?:fewer|less|more|too many|too few|not enough|not that many|not so many) questions|too many|too few|"
    r"too long|too short|(?:make it |a bit |a little )(?:shorter|longer))\b"
)


def scaled_count(text: str, named: int | None, named_at: int, draft: SetupDraft) -> int | None:
    """ "Make it half", "double the questions", "ten, no, halve that".

    Args:
        named: the number that the turn names, at its word `named_at`.
    """
    words = " ".join(words_of(text))
    scales = _HALVES.search(words) or _DOUBLES.search(words)
    if scales is None:
        return None
    is_behind = named is not None and named_at < len(words[: scales.start()].split())
    known = named if is_behind else draft.question_count
    if known is None or (named is not None and not is_behind):
        return None
    return max(FEWEST, known // 2) if _HALVES.search(words) else min(MOST, known * 2)


def moved_level(text: str, draft: SetupDraft) -> Level | None:
    """ "One level up"."""
    found = _ONE_LEVEL.search(" ".join(words_of(text)))
    if found is None or draft.level is None:
        return None
    way = found["way"] or found["moved"] or found["first"] or found["by"]
    place = _LEVELS.index(draft.level) + (1 if way in _RAISES else -1)
    return _LEVELS[max(0, min(place, len(_LEVELS) - 1))]


def replaces(text: str, found: Found, judged: Judged, draft: SetupDraft, asked: Asked) -> bool:
    """Whether the technologies named are to stand in the place of those that are there."""
    named = [mention for mention in judged.wanted if mention.slot == "technology"]
    if not named or not draft.technologies:
        return False
    plain = " ".join(words_of(text)).replace("c plus plus", "cpp")
    if _REPLACES_ALL.search(plain):
        return True
    takes_away = any(mention.slot == "technology" for mention in judged.unwanted) or removed_by_place(text, draft)
    if takes_away or ADDS.search(plain):
        return False
    is_exchange = plain.endswith("instead") and len(draft.technologies) == 1
    return bool(_ONLY.search(plain)) or is_exchange or starts_with_no(found, draft) or asked == "technologies"


def fields_left_alone(text: str, found: Found) -> set[SetupField]:
    """ "Make it behavioral. No, leave the type as it was": what was said of it before doesn't count."""
    plain = " ".join(words_of(text))
    left: set[SetupField] = set()
    for name, words in load_lexicon().gazetteer.fields.items():
        phrase = re.search(rf"\b(?:leave|keep|let) (?:the|my) (?:{_alternatives(words)}) {_AS_IT_IS}\b", plain)
        if phrase is None:
            continue
        end = len(plain[: phrase.end()].split())
        if not any(FIELD_OF.get(one.slot) == name and one.start >= end for one in found.mentions):
            left.add(name)
    return left


def fields_called_wrong(text: str, slots: Slots) -> set[SetupField]:
    """ "The level is wrong", "change the role": what is to be asked for again."""
    plain = " ".join(words_of(text))
    wrong: set[SetupField] = set()
    for name, words in load_lexicon().gazetteer.fields.items():
        called = _alternatives(words)
        changes = rf"{_CHANGES} (?:the |my )?(?:{called})\b"
        is_wrong = rf"\b(?:{called}) (?:is |are |was |were )?{_WRONG_FIELD}\b"
        excepted = rf"\b(?:except|apart from|besides|but) (?:for |the |my )*(?:{called})$"
        is_not = rf"\b(?:not|isn't) (?:my|the|the right|the correct) (?:{called})\b"
        if any(re.search(pattern, plain) for pattern in (changes, is_wrong, is_not, excepted)):
            wrong.add(name)
    if _TOO_MANY.search(plain):
        wrong.add("question_count")
    return wrong - slots.fields()


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
