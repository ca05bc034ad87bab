"""How many questions, from numbers in words and figures. Years, minutes and versions are no such numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.setup.count_changes import QUESTIONS, count_change
from agent.setup.found import Asked, Found
from agent.setup.lexicon import load_lexicon

FEWEST, MOST = 1, 15
_ONES = {
    word: n
    for n, word in enumerate(
        (  # noqa: SIM905  # a list of words reads better as a line of them
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ).split()
    )
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = {"fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12}
"""What is made of the last word of an answer to "how many?": "No, wait, seventh." """
_SAID_OTHERWISE: dict[tuple[str, ...], int] = {
    ("a", "couple"): 2,
    ("couple",): 2,
    ("a", "few"): 3,
    ("a", "handful"): 5,
    ("half", "a", "dozen"): 6,
    ("half", "dozen"): 6,
    ("a", "dozen"): 12,
    ("round", "dozen"): 12,
    ("full", "dozen"): 12,
    ("baker", "dozen"): 13,
    ("a", "single"): 1,
    ("a", "hundred"): 100,
    ("hundred",): 100,
}
_ONLY_WHEN_ASKED: dict[tuple[str, ...], int] = {
    ("a", "quick", "one"): 3,
    ("quick", "one"): 3,
    ("a", "short", "one"): 3,
    ("short",): 3,
    ("quick",): 3,
    ("a", "long", "one"): 10,
    ("long",): 10,
    ("maximum",): MOST,
    ("max",): MOST,
    ("as", "many", "as", "possible"): MOST,
    ("minimum",): FEWEST,
    ("as", "many", "as", "you", "can"): MOST,
    ("as", "many", "as", "you", "allow"): MOST,
    ("as", "few", "as", "possible"): FEWEST,
    ("half", "an", "hour"): 7,
    ("an", "hour"): MOST,
}
_SOUNDS_LIKE = {
    "to": 2, "too": 2, "tree": 3, "free": 3, "for": 4, "fore": 4, "fife": 5, "hive": 5, "sex": 6, "sicks": 6, "ate": 8,
    "hate": 8, "nein": 9, "mine": 9, "tin": 10, "tan": 10, "won": 1,
}  # fmt: skip
"""Heard where the word is the whole answer to "how many?"."""
_NEVER_LAST = frozenset({"for", "ate"})
"""Nobody ends an answer with these."""
_BLURRED_FIGURE = re.compile(r"(\d{1,2})[a-z]{1,2}")
_UNITS = frozenset(
    (  # noqa: SIM905
        "year years yrs decade decades month months week weeks day days hour hours percent people companies projects "
        "jobs k o'clock times interviews rounds children apps years' year's roles positions things teams"
    ).split()
)
_SETS = frozenset({("make", "it"), ("make", "that"), ("down", "to"), ("up", "to"), ("back", "to"), ("it", "to")})
"""Right before a number of questions, whatever else the turn says."""
_IS = frozenset({"to", "is", "at", "should", "be", "are"})
_COUNTED = frozenset({"questions", "number", "count"})
_MINUTES = frozenset({"minute", "minutes", "min", "mins"})
_MINUTES_PER_QUESTION = 4
_FARTHEST_NOUN = 4
_VERSIONED = frozenset(
    {"Java", "Python", "Angular", "Vue", "PHP", "C++", ".NET", "HTML", "CSS", "C#", "Ruby", "PostgreSQL", "Spring Boot"}
)
"""Technologies whose version people name: "Java 17"."""
_AROUND_ONE = frozenset({"um", "uh", "just", "only", "please", "maybe", "okay", "ok", "then", "fine", "well", "so"})
_AROUND_A_COUNT = frozenset(
    (  # noqa: SIM905
        "a about actually add after again all also and any approximately around ask at be believe best better bigger "
        "bit but can change changed could cut do down enough even exactly feels fewer fine for from get give go good "
        "great guess half have hello hey hi higher hmm hope how i i'd i'll i'm if in instead is it it'd it'll it's "
        "just keep least leave less let let's lets like little long looks lower make many maximum maybe me mean meant "
        "mind minimum more most much my nah need no nope not now number of oh ok okay on only or perhaps please plenty "
        "plus possible prefer probably put questions quite raise rather right said say says seems set short should "
        "sir smaller so sorry sounds still suits suppose sure take than thank thanks that that'd that's the them then "
        "there think this those though to today too total uh um until up us very wait want was we we'd well were what "
        "why will with works would wrong yeah yes yet you your back go going wanted asked told bring drop reduce raise "
        "bump stick stay return set way place by into replace swap exchange heard wrote understood got noted"
    ).split()
) | frozenset((*_ONES, *_TENS, "must", "turn", "feel", "had"))


@dataclass(frozen=True, slots=True)
class Number:
    value: int
    start: int
    end: int
    relative: bool = False
    """So many more, or fewer, than before."""


def find_counts(found: Found, asked: Asked) -> list[Number]:
    """The numbers that say how many questions, in order. Marks their words as used."""
    counts = [number for raw in find_numbers(found, asked) if (number := _as_count(raw, found, asked)) is not None]
    for number in counts:
        found.use(number.start, number.end)
    return counts


def find_numbers(found: Found, asked: Asked) -> list[Number]:
    """All that were named, whatever they count."""
    told = _plain_numbers(found, asked)
    phrases = [number for number in told if number.end - number.start > 1]
    # "four, those take long" is four, and "a quick one" isn't one
    plain = [
        number
        for number in _plain_numbers(found, "anything")
        if number in told or not any(one.start <= number.start < one.end for one in phrases)
    ]
    return [*(plain or told or _understood(found, asked)), *_ordinal_at_the_end(found, asked)]


def _ordinal_at_the_end(found: Found, asked: Asked) -> list[Number]:
    last = len(found.tokens) - 1
    value = _ORDINALS.get(found.word(last)) if asked == "question_count" else None
    return [] if value is None else [Number(value, last, last + 1)]


def _plain_numbers(found: Found, asked: Asked) -> list[Number]:
    words = [token.word for token in found.tokens]
    numbers, at = list[Number](), 0
    while at < len(words):
        number = _number_at(words, at, asked) if at not in found.used else None
        if number is None:
            at += 1
        else:
            numbers.append(number)
            at = number.end
    return numbers


def _understood(found: Found, asked: Asked) -> list[Number]:
    words = [token.word for token in found.tokens]
    if asked == "question_count" and (misheard := _misheard(words)) is not None:
        return [misheard]
    return _homophones(words)


def _misheard(words: Sequence[str]) -> Number | None:
    """In the answer to "how many?": "for", "6a", "elevens", "not too many for"."""
    told = [n for n, word in enumerate(words) if word not in _AROUND_ONE and word not in ("i'd", "say")]
    for n in told:
        if digits := _BLURRED_FIGURE.fullmatch(words[n]):
            return Number(int(digits[1]), n, n + 1)
    if not told or (len(told) > 1 and words[told[-1]] not in _NEVER_LAST):
        return None
    word = words[told[-1]]
    value = _SOUNDS_LIKE.get(word, _ONES.get(word.removesuffix("s")))
    return None if value is None else Number(value, told[-1], told[-1] + 1)


def _number_at(words: Sequence[str], at: int, asked: Asked) -> Number | None:
    known = {**_SAID_OTHERWISE, **(_ONLY_WHEN_ASKED if asked == "question_count" else {})}
    for length in (5, 4, 3, 2, 1):
        if (value := known.get(tuple(words[at : at + length]))) is not None:
            return Number(value, at, at + length)
    word = words[at]
    if word.isdecimal() and len(word) <= 4:
        return Number(int(word), at, at + 1)
    if word in _TENS:
        ones = _ONES.get(words[at + 1], 0) if at + 1 < len(words) else 0
        return Number(_TENS[word] + ones, at, at + 2) if 0 < ones < 10 else Number(_TENS[word], at, at + 1)
    return Number(_ONES[word], at, at + 1) if word in _ONES else None


def _homophones(words: Sequence[str]) -> list[Number]:
    """ "Make it for questions": only right before the noun, and behind a word that a number follows."""
    leads = {"it", "about", "just", "around", "maybe", "have", "want"}
    return [
        Number(_SOUNDS_LIKE[word], at, at + 1)
        for at, word in enumerate(words[:-1])
        if word in _SOUNDS_LIKE and words[at + 1] == "questions" and (at == 0 or words[at - 1] in leads)
    ]


def _as_count(number: Number, found: Found, asked: Asked) -> Number | None:
    before, after = found.word(number.start - 1), found.word(number.end)
    next_one = found.word(number.end + 1)
    is_apart = number.end < len(found.tokens) and bool(found.tokens[number.end].before)
    ranges = after in ("or", "and", "to") and found.word(number.end + 2) in _UNITS
    if (not is_apart and (after in _UNITS or ranges)) or (after == "plus" and next_one in _UNITS):
        return None
    if _is_a_time_of_day(number, found):
        return None
    if after in _MINUTES or (after in ("or", "to") and found.word(number.end + 2) in _MINUTES):
        if asked != "question_count":
            return None
        return Number(max(FEWEST, min(MOST, number.value // _MINUTES_PER_QUESTION)), number.start, number.end + 1)
    if after == "more" and next_one in ("thing", "time", "second", "moment", "word"):
        return None
    if (change := count_change(number.value, number.start, number.end, found, asked)) is not None:
        return Number(change[0], number.start, change[1], relative=True)
    asks_about = _noun_follows(number, found) or _is_set(number, found)
    is_of_known = before == "the" and found.word(number.start - 2) == "of"
    if before == "the" and (number.value == 2 or is_of_known) and not asks_about and asked != "question_count":
        # "a mix of the two", "the highest of the three"
        return None
    counts_else = (
        before in ("level", "version", "top", "phase", "round", "first", "last", "other", "these", "those", "both")
        and not found.tokens[number.start].before
    )
    if before == "round" and found.word(number.start - 2) in ("a", "nice", "good", "even"):
        # "a nice round ten"
        counts_else = False
    if counts_else and found.at(number.start - 1) is None and not asks_about:
        return None
    mention = found.at(number.start - 1)
    is_version = mention is not None and mention.value in _VERSIONED and not found.tokens[number.start].before
    if is_version and not asks_about:
        return None
    if number.value == 1 and (
        before in ("other", "wrong", "right") or (mention is not None and mention.slot in ("tone", "level"))
    ):
        # "the other one", "a tough one"
        return None
    if number.value == 1 and (not asks_about or after == "of") and not _is_alone(number, found, asked):
        return None
    if asked != "question_count" and not asks_about and not _is_all_that_is_said(number, found):
        return None
    if asked != "question_count" and after == "of" and next_one in ("the", "my", "us", "our"):
        return None
    return number


def _is_set(number: Number, found: Found) -> bool:
    """ "Make it eight and …", "the number of questions to eight", "back to five"."""
    if not found.is_break(number.end) and found.word(number.end) not in _AROUND_A_COUNT:
        return False
    at = number.start - 1
    if (found.word(at - 1), found.word(at)) in _SETS:
        return True
    if found.word(at) == "questions" and found.is_break(number.end):
        # "the interviewer a tough one, and the questions ten"
        return True
    while found.word(at) in _IS and not found.tokens[at].before:
        at -= 1
    return at < number.start - 1 and found.word(at) in _COUNTED


def _is_a_time_of_day(number: Number, found: Found) -> bool:
    """ "At three in the morning", "until six pm"."""
    after, at = found.word(number.end), found.word(number.start - 1)
    if after in ("am", "pm", "o'clock", "oclock"):
        return True
    part_of_day = found.word(number.end + 2) in ("morning", "afternoon", "evening", "night")
    return (at == "at" or after == "in") and part_of_day


def _noun_follows(number: Number, found: Found) -> bool:
    """ "five questions", "five technical ones", "five Go and Postgres questions", "one technical"."""
    place = number.end
    mention = found.at(place)
    if mention is not None and mention.slot == "interview_type":
        return True
    for _ in range(_FARTHEST_NOUN):
        if place >= len(found.tokens) or (found.tokens[place].before == "." and place > number.end):
            return False
        if found.word(place) in QUESTIONS or (found.word(place) == "of" and found.word(place + 1) == "them"):
            return True
        mention = found.at(place)
        place = mention.end if mention is not None else place + 1
    return False


def _is_all_that_is_said(number: Number, found: Found) -> bool:
    """Between two marks: "technical, eight please, Go". People talk of "four languages" and "a team of nine", too."""
    start = next((at for at in range(number.start, 0, -1) if found.tokens[at].before), 0)
    end = next((at for at in range(number.start + 1, len(found.tokens)) if found.tokens[at].before), len(found.tokens))
    others = (at for at in range(start, end) if not number.start <= at < number.end and at not in found.used)
    is_title = load_lexicon().is_title
    return all(word in _AROUND_A_COUNT or word.isdecimal() or is_title(word) for word in map(found.word, others))


def _is_alone(number: Number, found: Found, asked: Asked) -> bool:
    """ "One." where a number was asked for, or "just one"."""
    others = [
        token.word
        for place, token in enumerate(found.tokens)
        if not number.start <= place < number.end and token.word not in _AROUND_ONE
    ]
    return asked == "question_count" and len(others) <= 1 and "other" not in others
