"""Reads a turn by rules: one utterance, what is known, and what was asked, to what it says.

Order within a turn doesn't matter, except that of several things said about one field the last counts. Sentences that
ask for an explanation say nothing about the interview ("What is mixed?").
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import get_args

from agent.setup.amending import ADDS, fields_called_wrong, fields_left_alone, moved_level, replaces, scaled_count
from agent.setup.answers import read_answer
from agent.setup.found import FIELD_OF, Asked, Found, Mention
from agent.setup.free_roles import free_role, leading_role, role_instead
from agent.setup.glued import parted_from_and, without_stray_commas
from agent.setup.heard import Heard, Question, Slots
from agent.setup.kinds import interview_type
from agent.setup.lexicon import Meaning, load_lexicon
from agent.setup.mentions import find_mentions
from agent.setup.numbers import FEWEST, MOST, Number, find_counts
from agent.setup.polarity import Judged, judge, starts_with_no
from agent.setup.questions import read_question
from agent.setup.remarks import find_remark
from agent.setup.roles import chosen_role, given_up_with_a_role, modifies, name_roles
from agent.setup.small_talk import is_filler, read_small_talk
from agent.setup.tokens import sentences, tokenise, words_of
from agent.setup.undoing import read_undo
from agent.setup.unknown import unknown_in_list
from agent.setup.wholesale import kept_of_all, removed_by_place
from agent.setup.wishes import read_wish, starts_over
from agent.setup.years import level_by_years
from storage.models.interview import Level, Tone
from storage.models.setup import SetupDraft, SetupField

_LEVELS: dict[str, Level] = {level: level for level in get_args(Level)}
_TONES: dict[str, Tone] = {tone: tone for tone in get_args(Tone)}
_ADDS_NAME = re.compile(r"\b(?:add|include)\b")
_BETWEEN = re.compile(
    r"\bbetween (?:the two|them|both)\b|\bbetween (?:a )?(?:junior and (?:a )?senior|senior and (?:a )?junior)\b"
    r"|\bnot (?:a )?junior any ?(?:more|longer) (?:\w+ ){0,2}not (?:quite |really |yet )?(?:a )?senior\b"
)
_NEAR = 3
_NO_SOFTWARE = re.compile(r"\bnot (?:a |of |in )?(?:software|code|computers)\b")
_BUILDS = re.compile(r"\barchitecture (?:office|firm|practice|studio)\b|\bbuildings\b")


def parse(text: str, draft: SetupDraft, asked: Asked) -> Heard:
    """What a turn says. Never raises for words, however odd."""
    if starts_over(text):
        draft, asked = SetupDraft(), "anything"
    parts = sentences(text)
    questions: list[Question] = []
    statements: list[str] = []
    for part in parts:
        if (question := read_question(part, asked)) is not None:
            questions.append(question)
        else:
            statements.append(part)
    heard = _parse_statement(" ".join(statements), draft, asked) if statements else Heard()
    return replace(heard, text=text, question=questions[-1] if questions else None)


def _parse_statement(text: str, draft: SetupDraft, asked: Asked) -> Heard:
    tokens = parted_from_and(without_stray_commas(tokenise(text)))
    found = find_mentions(tokens, asked, draft)
    counts = find_counts(found, asked)
    for number in counts:
        if not number.relative:
            found.add(_as_mention(number))
    judged = judge(found, draft)
    slots, taken_back = _slots(text, found, judged, counts, draft, asked)
    slots = replace(slots, **dict.fromkeys(fields_left_alone(text, found) & slots.fields()))
    outside = _outside(judged, counts)
    taken_back |= fields_called_wrong(text, slots)
    kept = kept_of_all(text, found, judged, draft)
    if kept is not None:
        slots = replace(slots, technologies=kept)
    heard = Heard(
        text=text,
        slots=slots,
        taken_back=frozenset(taken_back - slots.fields()),
        removed=() if kept is not None else _removed(text, found, judged, slots.role, draft),
        replaces=kept is not None or replaces(text, found, judged, draft, asked),
        adds=bool(ADDS.search(" ".join(words_of(text)))),
        count_change=0 if slots.question_count else sum(number.value for number in counts if number.relative),
        count_outside=outside,
        remark=find_remark(text),
        filler=is_filler(text),
        unexplained=_unexplained(found),
    )
    return _with_wishes(heard, text, found, draft, asked)


def _removed(text: str, found: Found, judged: Judged, role: str | None, draft: SetupDraft) -> tuple[str, ...]:
    unwanted = (mention.value for mention in judged.unwanted if mention.slot == "technology")
    return (*unwanted, *removed_by_place(text, draft), *_gone_with_the_role(role, found, draft))


def _gone_with_the_role(role: str | None, found: Found, draft: SetupDraft) -> list[str]:
    """ "It's Python developer now" of a Java developer: a technology in the role's name gives way to the new one's."""
    named = [mention.value for mention in found.of("technology")]
    if role is None or draft.role is None or not any(f" {name} " in f" {role} " for name in named):
        return []
    former = f" {draft.role} ".casefold()
    return [name for name in draft.technologies or [] if f" {name} ".casefold() in former and name not in named]


def _with_wishes(heard: Heard, text: str, found: Found, draft: SetupDraft, asked: Asked) -> Heard:
    wish = read_wish(text, asked)
    undoes = read_undo(text)
    if wish in ("stop", "repeat", "wait") and (heard.changes or undoes):
        wish = None
    if wish in ("choose_this", "usual") and asked in heard.slots.fields():
        wish = None
    answer = read_answer(text)
    if answer == "no" and not starts_with_no(found, draft) and heard.changes:
        # "no Python": what it takes away is all that it says
        answer = None
    if answer == "no" and wish in ("choose_this", "choose_all", "usual"):
        answer = None
    return replace(heard, wish=wish, answer=answer, undoes=undoes, small_talk=read_small_talk(text))


def _as_mention(number: Number) -> Mention:
    value = str(number.value)
    return Mention("count", value, number.start, number.end, Meaning("count", value))


def _slots(
    text: str, found: Found, judged: Judged, counts: Sequence[Number], draft: SetupDraft, asked: Asked
) -> tuple[Slots, set[SetupField]]:
    plain = " ".join(words_of(text))
    taken_back = _taken_back(found, judged, draft)
    roles = name_roles(found, judged.wanted, judged.unwanted, asked, role_known=draft.role is not None)
    role = chosen_role(roles, found)
    gone = given_up_with_a_role(roles, found)
    judged = replace(judged, wanted=[one for one in judged.wanted if one.start not in gone])
    builds = _BUILDS.search(plain) is not None and "software" not in plain
    if role is not None and (builds or (_NO_SOFTWARE.search(plain) and role.casefold() not in plain)):
        role = role.removeprefix("software ")
    kind = interview_type(plain, found, judged, draft, asked)
    level = (
        "mid"
        if _BETWEEN.search(plain) and (asked == "level" or "junior" in plain)
        else _last(judged.wanted, "level") or _neither(judged)
    )
    slots = Slots(
        role=role,
        interview_type=kind,
        level=_moved(level, text, draft) or _LEVELS.get(level or "") or level_by_years(plain, found, draft, asked),
        question_count=_count(text, found, judged, counts, draft),
        technologies=_technologies(text, found, judged, asked),
        tone=_TONES.get(_last(judged.wanted, "tone") or ""),
    )
    if role is None and (
        draft.role is None or asked == "role" or re.search(r"\b(?:role|job|position)\b", text.lower())
    ):
        is_free = asked == "anything" or not slots.fields()
        # of "thanks for asking" nothing is a role, of "hi, I'd work as a baker" something is
        only_framed = read_small_talk(text) is not None
        free = _free_role(found, asked, only_framed=only_framed) if is_free else None
        if free is None and asked == "anything" and draft.role is None and slots.fields():
            free = leading_role(found)
        slots = replace(slots, role=free if free and not _only_asks(text, asked) else None)
    if slots.role is None and draft.role is not None:
        slots = replace(slots, role=role_instead(text, draft.role, _level_words()))
    return slots, taken_back


def _free_role(found: Found, asked: Asked, *, only_framed: bool) -> str | None:
    """In all that was said, or in a part of it: "I'm a bricklayer, have been for thirty years"."""
    words = [token.written if modifies(token.word) else token.word for token in found.tokens]
    begins = [0, *(at for at, token in enumerate(found.tokens) if at and token.before)]
    parts = [words[begin:end] for begin, end in pairwise([*begins, len(words)])]
    told = (free_role(" ".join(part), asked, _level_words(), only_framed=only_framed) for part in (*parts, words))
    return next((role for role in told if role is not None), None)


def _only_asks(text: str, asked: Asked) -> bool:
    """Whether the words are a wish, and no unknown role."""
    return read_wish(text, asked) is not None or is_filler(text)


@cache
def _level_words() -> tuple[str, ...]:
    return tuple(word for level in load_lexicon().gazetteer.levels for word in level.strong() if " " not in word)


def _last(mentions: Sequence[Mention], slot: str) -> str | None:
    return next((mention.value for mention in reversed(mentions) if mention.slot == slot), None)


def _moved(named: str | None, text: str, draft: SetupDraft) -> Level | None:
    """ "Bump me up one level from junior": what is named is where it stands."""
    is_from = named is None or re.search(rf"\bfrom (?:an? )?{named}\b", text.lower())
    return moved_level(text, draft) if is_from else None


def _neither(judged: Judged) -> str | None:
    """ "Neither junior nor senior"."""
    unwanted = {mention.value for mention in judged.unwanted if mention.slot == "level"}
    return "mid" if unwanted == {"junior", "senior"} else None


def _taken_back(found: Found, judged: Judged, draft: SetupDraft) -> set[SetupField]:
    """Fields whose value is not wanted any more."""
    taken: set[SetupField] = set()
    # "the cloud is wrong, not AWS but Azure" says nothing about a cloud engineer
    exchanges = all(_last(named, "technology") for named in (judged.wanted, judged.unwanted))
    for mention in judged.unwanted:
        name = FIELD_OF.get(mention.slot)
        if name is None or name == "technologies" or (name == "role" and exchanges):
            continue
        if name == "role" and "nobody" in found.words(mention.start - _NEAR, mention.start):
            # "nobody quizzes a CTO on syntax"
            continue
        value = getattr(draft, name)
        if value is not None and (str(value) == mention.value or (name == "role" and mention.value in str(value))):
            taken.add(name)
    return taken


def _count(text: str, found: Found, judged: Judged, counts: Sequence[Number], draft: SetupDraft) -> int | None:
    wanted_at = {mention.start for mention in judged.wanted if mention.slot == "count"}
    wanted = [number for number in counts if not number.relative and number.start in wanted_at]
    if not wanted:
        return scaled_count(text, None, 0, draft)
    kinds = [found.at(number.end) for number in wanted]
    named = {kind.value for kind in kinds if kind is not None and kind.slot == "interview_type"}
    last = wanted[-1]
    value = last.value
    if len(wanted) == len(named) == 2:
        # "three behavioral and four technical"
        value = sum(number.value for number in wanted)
    value = scaled_count(text, value, last.start, draft) or _moved_on(value, last, counts, found, draft)
    return value if FEWEST <= value <= MOST else None


def _moved_on(value: int, named: Number, counts: Sequence[Number], found: Found, draft: SetupDraft) -> int:
    """ "Ten. No, two fewer", "one less than ten", and not "five, that's one less" of what it was."""
    change = sum(
        number.value
        for number in counts
        if number.relative and (number.start > named.start or _is_compared(number, named, found))
    )
    return value if draft.question_count is not None and draft.question_count + change == value else value + change


def _is_compared(change: Number, named: Number, found: Found) -> bool:
    return change.end + 1 == named.start and found.word(change.end) == "than"


def _outside(judged: Judged, counts: Sequence[Number]) -> int | None:
    wanted = [int(mention.value) for mention in judged.wanted if mention.slot == "count"]
    return wanted[-1] if wanted and not FEWEST <= wanted[-1] <= MOST else None


def _technologies(text: str, found: Found, judged: Judged, asked: Asked) -> tuple[str, ...] | None:
    mentions = [mention for mention in judged.wanted if mention.slot == "technology"]
    named = [(mention.start, mention.value) for mention in mentions]
    adds = asked == "confirm" and _ADDS_NAME.search(text.lower()) is not None
    exchanged = not mentions and any(mention.slot == "technology" for mention in judged.unwanted)
    if exchanged:
        named += unknown_in_list(text, found, exchanged=True)
    elif mentions and asked == "technologies":
        named += unknown_in_list(text, found)
    elif adds and not mentions:
        named += unknown_in_list(text, found, only_names=True, exchanged=True)
    elif asked == "technologies" and not judged.unwanted:
        named += unknown_in_list(text, found, only_names=True)
    elif mentions and found.sentence_begins(mentions[0].start) == found.sentence_begins(mentions[-1].start):
        # "with Excel, Power Query and Bloomberg"; behind a single one only what "and" joins to it
        first, last = mentions[0].start, mentions[-1].end + 1
        names = [one for one in unknown_in_list(text, found, only_names=True) if first < one[0] <= last]
        is_list = len(mentions) > 1
        named += [one for one in names if is_list or found.word(one[0] - 1) == "and"]
    if named:
        return tuple(dict.fromkeys(value for _, value in sorted(named)))
    nothing = any(mention.slot == "nothing" for mention in (*judged.wanted, *judged.unwanted))
    return () if nothing else None


def _unexplained(found: Found) -> int:
    everyday = load_lexicon().gazetteer.everyday
    return sum(
        place not in found.used and token.word not in everyday and not token.word.isdecimal()
        for place, token in enumerate(found.tokens)
    )
