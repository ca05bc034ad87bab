"""What is said behind a name that makes it unwanted: "leave Python out", "Excel doesn't belong there"."""

import re

from agent.setup.exchanges import AWAY, LEAVES_BEHIND
from agent.setup.found import Found, Mention

_CALLED_WRONG = re.compile(
    r"^(?:(?:bit|part|thing|stuff|one|questions?) )?(?:"
    r"(?:(?:is|was|are) )?(?:(?!isn't|wasn't|not)\S+ )?"
    r"(?:wrong|incorrect|mistake|slip|unnecessary|irrelevant|superfluous)\b|"
    r"(?:isn't|aren't|wasn't|not) "
    r"(?:right|correct|needed|necessary|required|relevant|part of|in the|on the|for me|used|what|one|the one)\b|"
    r"is not\b|(?:isn't|not)$|doesn't (?:belong|matter|fit|count|apply)\b|"
    r"shouldn't (?:be (?:in |on )?(?:there|it|the|that|here)|have)\b|"
    r"(?:can|must|should|may|has to|have to|needs to) go\b|had its day\b|no thank|no$)"
)
_REFUSED = re.compile(
    r"^(?:i|we|they) (?:don't|never|didn't|won't|can't|no longer) (?:really )?"
    r"(?:need|want|use|used|know|have|like|said|say|mention|mentioned|do)\b(?! (?:more|others?|any|much|too))"
)
"""Behind a technology that a part begins with: "Docker I don't need"."""
_HAD_ALREADY = re.compile(
    r"^(?:(?:part|round|test|one|ones|questions?|stuff|interview|bit) )?"
    r"(?:(?:i|we) (?:already (?:passed|did|had)|passed|(?:passed|did|had) already|have (?:already )?(?:done|passed))|"
    r"(?:i've|we've) (?:already )?(?:passed|done|had)(?: already)?)(?: (?:already|yesterday|last week|with \w+ \w+))?$"
)
"""Behind a kind of interview: "the coding part I've passed already"."""
_RATHER_NOT = re.compile(r"^(?:(?:hmm|um|well|maybe) )*(?:rather|better|probably|maybe) not$")
_TOO = (("as", "well"), ("too",), ("also",), ("then",), ("now",))
_MOST_WORDS = 7


def is_left_behind(mention: Mention, found: Found) -> bool:
    """ "Leave Python out", "take Python and Go off"."""
    places = range(max(0, mention.start - 5), mention.start)
    before = [found.word(place) for place in places if found.word(place - 1) not in ("don't", "not", "never")]
    after = [found.word(place) for place in range(mention.end, min(mention.end + 6, len(found.tokens)))]
    # "leave the feelings to the squirrels"
    leaves_to = "leave" in before and after[:2] == ["to", "the"]
    return leaves_to or (bool(LEAVES_BEHIND.intersection(before)) and bool(AWAY.intersection(after)))


def is_called_wrong(mention: Mention, found: Found) -> bool:
    """ "Senior is wrong", "the Excel part isn't needed", "Excel can go", "Excel and Word can go"."""
    following = found.at(mention.end + 1)
    is_first = found.is_break(mention.start) or mention.start == 0 or found.word(mention.start - 1) in ("both", "the")
    is_list = found.word(mention.end) == "and" and following is not None and following.slot == mention.slot
    if following is not None and is_first and is_list:
        return is_called_wrong(following, found)
    places = range(mention.end, min(mention.end + _MOST_WORDS, len(found.tokens)))
    end = next((place for place in places if found.tokens[place].before == "."), places.stop)
    words = " ".join(found.word(place) for place in range(mention.end, end))
    is_out = _is_out(mention.end, found) and found.word(mention.start - 1) not in LEAVES_BEHIND
    is_named = is_first and mention.slot == "technology"
    is_refused = is_named and not found.is_break(mention.end) and _REFUSED.search(words) is not None
    is_refused = is_refused or (is_named and _RATHER_NOT.search(words) is not None)
    is_kind = mention.slot == "interview_type" and not found.is_break(mention.end)
    is_had = is_kind and _HAD_ALREADY.search(words) is not None
    return bool(_CALLED_WRONG.search(words)) or is_out or is_refused or is_had


def _is_out(place: int, found: Found) -> bool:
    """ "Django is out, FastAPI …", "RxJS is out as well", and not "technical out of the three"."""
    at = place + (found.word(place) == "is")
    behind = at + 1 + next((len(one) for one in _TOO if found.words(at + 1, at + 1 + len(one)) == one), 0)
    return found.word(at) == "out" and not found.is_break(at) and found.is_break(behind)
