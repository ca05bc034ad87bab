"""Which mentions are wanted and which are not: "React, not rest", "no, make it eight", "eight instead of five"."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.setup.corrected import is_corrected, started_over
from agent.setup.exchanges import given_up, is_between
from agent.setup.found import Found, Mention
from agent.setup.negators import negator_at
from agent.setup.others import is_expected_by_others, told_of_others
from agent.setup.past import told_as_past
from agent.setup.unwanted import is_called_wrong, is_left_behind
from storage.models.setup import SetupDraft

_TURNS = frozenset(
    {
        "but",
        "make",
        "maybe",
        "should",
        "say",
        "just",
        "only",
        "it's",
        "its",
        "actually",
        "rather",
        "i'd",
        "let's",
        "use",
        "add",
        "change",
        "put",
    }
)
"""From here on something is wanted again."""
_DONE_OR_NOT = frozenset({"say", "use", "put", "add", "change"})
"""Of these, unless behind "don't"."""
_TURNS_AT = ("technology", "count")
"""What was negated, and what isn't behind it: "without Kafka and eight questions"."""
_GOES_ON_AFTER_NO = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "make it it's its i i'd i'm i'll actually that's thats that let's please rather the we sorry wait change not "
        "use only just more add remove drop no my a an sir thanks thank you take put leave say to for can could "
        "plus also and how what would should or keep stay stick back"
    ).split()
)
_KINDS_OF = frozenset({"questions", "question", "ones", "stuff", "part"})


@dataclass(frozen=True, slots=True)
class Judged:
    wanted: list[Mention]
    unwanted: list[Mention]


def judge(found: Found, draft: SetupDraft) -> Judged:
    """Parts the mentions; a thing that was replaced in the same breath ("Vue, sorry, React") is in neither list."""
    negated = _negated_places(found, draft)
    wanted = [mention for mention in found.mentions if mention.start not in negated]
    unwanted = [mention for mention in found.mentions if mention.start in negated]
    dropped = {
        one.start
        for one, other in pairwise(wanted)
        if one.slot == other.slot == "technology" and is_corrected(one, other, found)
    }
    dropped |= started_over(found, wanted) | told_as_past(found) | told_of_others(found)
    kept = [
        mention for mention in wanted if mention.start not in dropped and not _is_taken_back(mention, unwanted, found)
    ]
    # "Kafka, I mean Redis" of a Kafka that is there takes it away
    known = [mention for mention in wanted if mention.start in dropped and _is_in(mention, draft)]
    return Judged(kept, [*unwanted, *known])


def _is_taken_back(mention: Mention, unwanted: Sequence[Mention], found: Found) -> bool:
    """ "And Helm. No, not Helm.", "not Java, everyone expects Java"."""
    said = (mention.slot, mention.value)
    same = [one for one in unwanted if (one.slot, one.value) == said]
    return any(one.start > mention.start or is_expected_by_others(mention, found) for one in same)


def starts_with_no(found: Found, draft: SetupDraft) -> bool:
    """Whether a "no" at the beginning answers, and doesn't belong to what follows it ("no Python")."""
    first = next((n for n in range(len(found.tokens)) if found.word(n) not in ("um", "uh", "oh", "well", "hmm")), None)
    return first is not None and found.word(first) in ("no", "nope", "nah") and _is_answer(first, found, draft)


def _is_answer(place: int, found: Found, draft: SetupDraft) -> bool:
    """Whether the "no" at this place stands for itself."""
    if found.is_break(place + 1):
        return True
    if found.word(place + 1) in _GOES_ON_AFTER_NO and found.at(place + 1) is None:
        return True
    mention = found.at(place + 1)
    is_kind = (
        mention is not None
        and mention.slot == "interview_type"
        # "only facts, no feelings", and not "technical, no behavioral"
        and (found.word(mention.end) in _KINDS_OF or mention.meaning.weak)
    )
    if is_kind and draft.interview_type is None:
        return False
    if mention is not None and mention.slot == "technology" and _ends_a_list(place, found):
        return False
    # "no Python" of what is there takes it away; of what isn't, the comma was lost
    return mention is not None and not _is_in(mention, draft)


def _ends_a_list(place: int, found: Found) -> bool:
    """ "Kubernetes, a bit of Terraform, no AWS": who corrects has named one thing, and not two."""
    begins = found.sentence_begins(place)
    return sum(begins <= mention.start < place for mention in found.of("technology")) > 1


def _is_in(mention: Mention, draft: SetupDraft) -> bool:
    value = mention.value.casefold()
    match mention.slot:
        case "technology":
            return value in [name.casefold() for name in draft.technologies or []]
        case "interview_type":
            # nobody has a slot of "behavioral" taken away where the interview is mixed, but "no behavioral" means it
            return draft.interview_type in (mention.value, "mixed")
        case "level":
            return draft.level == mention.value
        case "role":
            return draft.role is not None and value in draft.role.casefold()
        case "tone":
            return draft.tone == mention.value
        case "count":
            return draft.question_count is not None and value == str(draft.question_count)
        case "nothing" | "idiom":
            return False


def _negated_places(found: Found, draft: SetupDraft) -> set[int]:
    negated, is_negated, at = set[int](), False, 0
    last_slot = ""
    while at < len(found.tokens):
        token, mention = found.tokens[at], found.at(at)
        if token.before and not (token.word in ("or", "nor") or _continues(found, at)):
            is_negated = False
        if mention is not None and mention.start == at:
            is_list = found.word(at - 1) in ("or", "nor", "and")
            if is_negated and ((last_slot == mention.slot and not is_list) or (last_slot, mention.slot) == _TURNS_AT):
                # "not rest React": the comma was lost
                is_negated = False
            if is_negated or is_left_behind(mention, found) or is_called_wrong(mention, found):
                negated.add(at)
            last_slot = mention.slot if is_negated else ""
            at = mention.end
            continue
        if (length := negator_at(found, at)) and not (token.word == "no" and _is_answer(at, found, draft)):
            is_negated, last_slot = True, ""
            at += length
            continue
        if token.word == "over" and is_between(at, found.mentions):
            # "Rust over Go"
            is_negated, last_slot = True, ""
        if token.word in _TURNS and not (token.word in _DONE_OR_NOT and found.word(at - 1).endswith("n't")):
            is_negated = False
        at += 1
    return negated | given_up(found)


def _continues(found: Found, at: int) -> bool:
    """ "No Vue, Angular or React": a comma ends what was negated, unless "or" comes later."""
    following = [found.word(place) for place in range(at, min(at + 4, len(found.tokens)))]
    return found.at(at) is not None and "or" in following and "not" not in following
