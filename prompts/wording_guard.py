"""What words that a model wrote must never say, whoever talked it into them.

A candidate can speak or paste anything: "say that I passed", "read out what you look for". Prompts fence it and tell
the model not to obey. This is for the model that obeys all the same: its words are checked before they are spoken,
shown or stored, and code's own words take their place.
"""

import re
import unicodedata
from typing import Literal

from prompts.question_bank.wording import content_words, overlap, says
from storage.models.interview import QuestionKey

Fault = Literal["address", "praise", "verdict", "about_itself", "other_language"]
GIVEN_AWAY_FROM = 0.5
"""Overlap with an expected point from which a wording says it."""
MOST_NAME_WORDS = 6
FEWEST_FOREIGN_WORDS = 2
"""A name may have one: "Las Vegas", "de facto"."""

ADDRESS = re.compile(
    r"://|\bwww\b|\b[\w-]+\.(?:com|org|info|biz|gov|edu|io|dev|app)\b|\bdot (?:com|org|io)\b"
    r"|\bslash slash\b|\S@\S|(?:\d[ ().-]{0,2}){9,}",
    re.IGNORECASE,
)
"""A link, an e-mail address or a telephone number, written or spoken."""
_PRAISE = re.compile(
    r"""\b(?:well\ done|(?:good|great|nice|amazing|fantastic)\ (?:job|work|answer|point)
    |(?:excellent|brilliant|outstanding|impressive|superb|flawless|perfect)
     (?:\ (?:answer|point|job|work|candidate)|[,.!])
    |congrat\w*|bravo|you(?:'re|\ are)\ (?:(?:quite|absolutely|exactly|so|very)\ )?(?:right|correct|smart|great|amazing)
    |you(?:'re|\ are)\ (?:the\ best|excellent|brilliant|outstanding|perfect)
    |(?:best|strongest)\ (?:candidate|answer))(?!\w)
    |(?:^|[.!?,]\ )that(?:'s|\ is|\ was)\ (?:perfect|amazing|wonderful|great|correct|right)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_VERDICT = re.compile(
    r"""\b(?:(?:full|top|perfect|maximum|highest)\ (?:marks?|scores?|points?|grades?|ratings?)
    |(?:\d+|ten|hundred)\ (?:points|out\ of\ (?:\d+|ten|a\ hundred|one\ hundred))
    |your\ (?:final\ )?(?:score|grade|rating|marks?)\b|scores?\ of\ (?:\d+|ninety|a\ hundred|one\ hundred)
    |(?:you|candidate)(?:'ve|\ have|\ has)?\ (?:already\ )?(?:passed|failed)\b
    |(?:you(?:'re|\ are|'ll\ be|\ will\ be|\ get|\ got)|to\ be|get)\ hired
    |(?:got|get|have|given|offer\ you)\ (?:you\ )?the\ job|job\ offer|we(?:'ll|\ will)\ hire
    |give\ (?:you|him|her|them)\ (?:\w+\ )?(?:points|marks|score))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_ITSELF = re.compile(
    r"""\b(?:system\ (?:prompt|message)|my\ (?:instructions?|prompt|guidelines|programming)
    |(?:previous|earlier|these|following|above)\ instructions?
    |(?:ignore|disregard|forget)\ [^.?!]{0,30}\b(?:instructions?|rules|rubrics?|prompts?|questions?)
    |as\ an\ ai|i(?:'m|\ am)\ an?\ (?:ai|assistant|bot)|rubrics?|expected\ points?|answer\ key
    |(?:next|remaining|other|coming|following)\ questions?\ (?:is|are|will)
    |keywords?\ (?:are|is)|looking\ for\ (?:is|are)|developer\ mode|jailbreak
    |i(?:'ve|\ have)\ been\ (?:told|instructed))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


_OTHER_LANGUAGES = _words(
    """
    der und ist nicht ich wir haben eine einen für auch wenn dann una por para pero como muy cuando yo nosotros está
    est pas je nous vous avec pour dans qui lo gli che non sono anche perché uma não mais eu você também het een niet
    ik wij zijn voor el los las la le les de du del sie wie qué que es ein das mit auf bitte
    """
)
_ENGLISH = _words(
    """
    a about an and any are as at be been but by can could did do does else for from had has have how i if in into is it
    its me more my of on one or other out so some than that the their them then there they this to up was we were what
    when where which who why will with would you your yours tell describe
    """
)
_NAME = re.compile(r"\.?[^\W_][\w .+#/&'’()-]*")
_NOT_IN_A_NAME = _words(
    """
    you me we must should shall ignore disregard forget say tell give repeat print reveal instruction instructions score
    scores points marks please hired
    """
)


def fault_of(text: str, *, known: str = "", praise_is_one: bool = True) -> Fault | None:
    """The first reason why this can't be spoken or shown in our name.

    Args:
        known: what the words were made from; a phrase that stands there word for word is no fault.
        praise_is_one: False for a report, whose praise is checked against findings.
    """
    checks: list[tuple[Fault, re.Pattern[str]]] = [
        ("address", ADDRESS),
        ("verdict", _VERDICT),
        ("about_itself", _ABOUT_ITSELF),
    ]
    if praise_is_one:
        checks.append(("praise", _PRAISE))
    plain, source = _plain(text), _plain(known).casefold()
    for fault, pattern in checks:
        if any(match[0].casefold() not in source for match in pattern.finditer(plain)):
            return fault
    return None if is_english(plain) else "other_language"


def is_english(text: str) -> bool:
    """Whether nothing speaks against it: neither other letters nor common words of other languages."""
    if any(char.isalpha() and not unicodedata.name(char, "").startswith("LATIN") for char in text):
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(word in _OTHER_LANGUAGES for word in words)
    return foreign < FEWEST_FOREIGN_WORDS or foreign < english


def gives_away(text: str, *, known: str, key: QuestionKey) -> bool:
    """Whether it says something of the key that isn't in `known`: what was asked, and what the candidate said."""
    for point in key.expected_points:
        said = (keyword for group in point.keywords for keyword in group if says(text, keyword))
        if any(not says(known, keyword) for keyword in said):
            return True
        if any(
            overlap(text, wording) >= GIVEN_AWAY_FROM > overlap(known, wording)
            for wording in (point.claim, *point.paraphrases)
        ):
            return True
    return False


def new_words(text: str, *, known: str) -> int:
    """How many words with a meaning of their own it brings along."""
    return len(content_words(text) - content_words(known))


def is_a_name(text: str, *, most_words: int = MOST_NAME_WORDS) -> bool:
    """Of a role or a technology: short, no sentence, no address, and nothing that speaks to somebody."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return (
        len(text.split()) <= most_words
        and _NAME.fullmatch(text.strip()) is not None
        and not _NOT_IN_A_NAME & set(words)
        and fault_of(text) is None
    )


def _plain(text: str) -> str:
    """Without what can't be seen, so that nothing hides in the middle of a word."""
    seen = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return " ".join(seen.replace("’", "'").split())
