"""Job titles: known ones with the title that was said, and unknown ones by the title at their end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.setup.found import Asked, Found, Mention
from agent.setup.lexicon import load_lexicon
from agent.setup.past import was_before

_BETWEEN_NAME_AND_TITLE = frozenset({"software", "web", "application", "applications", "systems", "app"})
MOST_WORDS_BEFORE_TITLE = 3
EVERYDAY_TITLES = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "lead master officer agent associate assistant intern guard owner coach manager doctor driver director pilot "
        "operator planner buyer trainer writer executive advocate producer editor tutor"
    ).split()
)
"""People whom one talks about: alone they are a role only where the role was asked for."""
_PAST = frozenset({"former", "ex"})
"""Before what somebody no longer is."""
NO_ROLE = _PAST | frozenset(
    (  # noqa: SIM905
        "nervous worried anxious afraid scared tired excited bit little fan person man woman guy student human robot "
        "lot problem sorry lost confused curious joking kidding unsure fresh mess behavioral technical mixed candidate "
        "session run rehearsal chat says say title remote hybrid thinking considering wondering"
    ).split()
)
_OFFICES = frozenset({"role", "job", "position"})
_HELP = frozenset({"help", "practise", "practice"})
_CORRECTS = frozenset({"no", "not", "actually", "sorry", "rather", "mean", "instead", "or"})
_HEADS = frozenset({"head", "director", "vp", "chief"})
_LEADS_TO_IT = frozenset({"it", "it's", "its", "be", "meant", "mean", "said", "say"})
"""Before a title that corrects the role: "make it midwife"."""
_ANY_DEVELOPER = frozenset({"software developer", "software engineer"})
_MOST_MODIFIERS = 2
_LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class NamedRole:
    label: str
    start: int
    end: int
    has_title: bool = True
    """False where only "backend" or the like was said."""


def name_roles(
    found: Found, wanted: Sequence[Mention], unwanted: Sequence[Mention], asked: Asked, *, role_known: bool
) -> list[NamedRole]:
    """The wanted roles in order, each with the title that was said. Marks the titles' words as used."""
    for mention in unwanted:
        if mention.slot == "role":
            _with_title(mention, found)
    heads = _heads(found, asked, role_known=role_known)
    roles = list[NamedRole]()
    for mention in wanted:
        is_met = asked != "role" and _is_somebody_met(mention.start, found)
        is_whose = any(head.start < mention.start < head.end for head in heads)
        if mention.slot == "role" and not is_met and not is_whose and (not roles or mention.start >= roles[-1].end):
            roles.append(_with_title(mention, found))
    roles += [*heads, *_by_title(found, asked, role_known=role_known)]
    named = sorted((role for role in roles if not _is_past(role, found)), key=lambda role: role.start)
    return _without_former(named, found)


def _heads(found: Found, asked: Asked, *, role_known: bool) -> list[NamedRole]:
    """ "Head of sales", "director of public relations": what the title stands before belongs to it."""
    heads: list[NamedRole] = []
    for place in range(len(found.tokens)):
        is_head = found.word(place) in _HEADS and found.word(place + 1) == "of" and place not in found.used
        if not is_head or not _is_meant("head", place, found, asked, role_known=role_known):
            continue
        end = place + 2
        while end < min(place + 2 + MOST_WORDS_BEFORE_TITLE, len(found.tokens)) and not found.tokens[end].before:
            at = found.at(end)
            if not (modifies(found.word(end)) or found.word(end) in ("and", "people")) or (
                at is not None and at.slot != "role" and not at.meaning.weak
            ):
                break
            end += 1
        end -= found.word(end - 1) == "and"
        title = "VP" if found.word(place) == "vp" else found.word(place)
        if end > place + 2:
            found.use(place, end)
            heads.append(NamedRole(" ".join([title, *(found.word(at) for at in range(place + 1, end))]), place, end))
    return heads


def _is_past(role: NamedRole, found: Found) -> bool:
    """ "A former flight attendant", "a statistician by training"."""
    behind = [found.word(role.end), found.word(role.end + 1)]
    return found.word(role.start - 1) in _PAST or behind in (["by", "training"], ["by", "trade"])


def _without_former(roles: list[NamedRole], found: Found) -> list[NamedRole]:
    """ "In my country I was a teacher, now I try to be a translator"; who was one and names no other is one."""
    return [role for role in roles if not was_before(role.start, found)] or roles


def chosen_role(roles: Sequence[NamedRole], found: Found) -> str | None:
    """One role of those that were named: the last, or both where they are meant together."""
    if not roles:
        return None
    last = roles[-1]
    if len(roles) > 1:
        before = roles[-2]
        between = [found.word(place) for place in range(before.end, last.start)]
        both = (before.label, last.label)
        if " " not in last.label and before.label.endswith(f" {last.label}"):
            # "I'm an IT consultant, and for my next consultant job …"
            return before.label
        if all(any(label.startswith(side) for label in both) for side in ("backend", "frontend")):
            return "full-stack developer" if _together(between) else last.label
        if between == ["and"]:
            return _both(before.label, last.label)
        if before.has_title and not last.has_title and not _CORRECTS.intersection(between):
            # "a C++ developer for embedded systems"; but "a dev, mostly backend" says more with its second half
            return last.label if before.label in _ANY_DEVELOPER else before.label
    return last.label


def _both(one: str, other: str) -> str:
    """ "DevOps and cloud engineer"."""
    name, _, title = one.rpartition(" ")
    return f"{name if name and other.endswith(title) else one} and {other}"


def _together(between: Sequence[str]) -> bool:
    return all(word in ("and", "plus", "both", "as", "well", "also", "or", "a", "the") for word in between)


def _with_title(mention: Mention, found: Found) -> NamedRole:
    role = mention.meaning.role
    assert role is not None  # noqa: S101  # every role's meaning has one
    place, said = mention.end, list[str]()
    while place < len(found.tokens) and not found.tokens[place].before:
        word, at = found.word(place), found.at(place)
        if at is not None and at.slot == "level":
            break
        if (title := title_of(word)) is not None and not _is_an_activity(word, found, place):
            found.use(mention.end, place + 1)
            if role.label is not None:
                label = _with_its_title(role.label, mention, title, found)
                return _with_modifiers(label, mention.start, place + 1, found)
            return NamedRole(" ".join([role.name or "", *said, title]), mention.start, place + 1)
        if word in _BETWEEN_NAME_AND_TITLE:
            said.append(word)
            place += 1
        elif at is not None and at.slot == "technology":
            place = at.end
        else:
            break
    if role.label is not None:
        return _with_modifiers(role.label, mention.start, mention.end, found)
    return NamedRole(f"{role.name} {role.title}", mention.start, mention.end, has_title=False)


def _with_its_title(label: str, mention: Mention, title: str, found: Found) -> str:
    """ "Sales assistant" is no sales representative."""
    said = [found.word(place) for place in range(mention.start, mention.end)]
    return label if label.endswith(title) or title_of(said[-1]) is not None else " ".join([*said, title])


def _with_modifiers(label: str, start: int, end: int, found: Found) -> NamedRole:
    """ "Construction project manager": what stands before a known name belongs to it where it means nothing else."""
    words = list[str]()
    while start > 0 and len(words) < _MOST_MODIFIERS and not found.tokens[start].before:
        word = found.word(start - 1)
        if start - 1 in found.used or found.at(start - 1) is not None or not modifies(word):
            break
        start -= 1
        words.insert(0, found.tokens[start].written)
    return NamedRole(" ".join([*words, label]), start, end)


def given_up_with_a_role(roles: Sequence[NamedRole], found: Found) -> set[int]:
    """Where technologies begin that were named with a role that another one corrects.

    "iOS developer. No, hold on, it's the Android team that's hiring. Android developer."
    """
    gone: set[int] = set()
    for one, other in pairwise(roles):
        between = {found.word(place) for place in range(one.end, other.start)}
        if between & _CORRECTS and one.label != other.label:
            gone.update(mention.start for mention in found.of("technology") if one.start <= mention.start < one.end)
    return gone


def title_of(word: str) -> str | None:
    known = load_lexicon().gazetteer
    return word if word in known.titles else known.title_words.get(word)


def _is_an_activity(word: str, found: Found, place: int) -> bool:
    """ "Backend development lead": the title comes later."""
    return word.endswith(("ing", "ment")) and title_of(found.word(place + 1)) is not None


def _by_title(found: Found, asked: Asked, *, role_known: bool) -> list[NamedRole]:
    roles: list[NamedRole] = []
    for place in range(len(found.tokens)):
        title = title_of(found.word(place)) or _understood_title(place, found)
        goes_on = title_of(found.word(place + 1)) is not None and not found.tokens[place + 1].before
        if title is None or goes_on or place in found.used or found.at(place) is not None:
            continue
        if (role := _ending_with(title, place, found, asked, role_known=role_known)) is not None:
            found.use(role.start, role.end)
            if found.word(role.start - 1) not in ("not", "isn't"):
                roles.append(role)
    return roles


def _understood_title(place: int, found: Found) -> str | None:
    """ "An Android role" is a developer's."""
    before = found.at(place - 1)
    is_technology = before is not None and before.slot == "technology" and not found.tokens[place].before
    return "developer" if is_technology and found.word(place) in _OFFICES else None


def _ending_with(title: str, place: int, found: Found, asked: Asked, *, role_known: bool) -> NamedRole | None:
    start, words = place, list[str]()
    while start > 0 and len(words) < MOST_WORDS_BEFORE_TITLE and not found.tokens[start].before:
        before = found.at(start - 1)
        if before is not None and before.slot == "technology":
            words.insert(0, before.value)
            start = before.start
            if found.word(start - 1) != "and" or (other := found.at(start - 2)) is None or other.slot != "technology":
                break
            words[:0] = [other.value, "and"]
            start = other.start
            break
        word = found.word(start - 1)
        if (
            start - 1 in found.used
            or before is not None
            or not (modifies(word) or found.tokens[start - 1].written == "IT")
        ):
            break
        start -= 1
        words.insert(0, found.tokens[start].written)
    if words:
        return NamedRole(" ".join([*words, title]), start, place + 1)
    bare = load_lexicon().gazetteer.bare_titles.get(title, title)
    is_meant = _is_meant(title, place, found, asked, role_known=role_known)
    return NamedRole(bare, place, place + 1) if is_meant else None


def modifies(word: str) -> bool:
    is_long = len(word) > _LONGEST_WORD
    return (
        not is_long and word not in load_lexicon().gazetteer.everyday and word not in NO_ROLE and not word.isdecimal()
    )


def _is_somebody_met(place: int, found: Found) -> bool:
    """ "A call with a recruiter", "at my dentist's", and not "I'd be happy with a QA engineer job"."""
    behind = found.words(place, place + 4)
    # "I need help with a cloud engineer interview"
    is_office = not _OFFICES.isdisjoint(behind) or "interview" in behind or found.word(place - 3) in _HELP
    one, before = found.word(place - 1), found.word(place - 2)
    is_person = before in ("with", "by") and one in ("a", "an", "the", "my", "their")
    is_place = before == "at" and one in ("my", "our", "their")
    return (is_person or is_place) and not is_office


def _is_meant(title: str, place: int, found: Found, asked: Asked, *, role_known: bool) -> bool:
    """Whether a title alone is the role, and not somebody who is talked about."""
    word, before = found.word(place), found.at(place - 1)
    if asked != "role" and _is_somebody_met(place, found):
        return False
    if word in ("programming", "engineered", "developed", "engineering", "development"):
        return asked == "role"
    if before is not None and before.slot == "level":
        # "I have been a junior developer for a year" answers what was asked, and is no other job
        return asked != "level" or not role_known
    if title in EVERYDAY_TITLES:
        return asked == "role"
    if asked in ("role", "anything"):
        return True
    is_article = found.word(place - 1) in ("a", "an")
    if not role_known:
        return is_article or found.word(place - 1) == "as"
    return asked == "confirm" and found.word(place - 1 - is_article) in _LEADS_TO_IT
