"""The words that make what follows unwanted: "not", "instead of", "leave out"."""

from agent.setup.found import Found

_NEGATORS = (
    ("instead", "of"),
    ("rather", "than"),
    ("in", "place", "of"),
    ("get", "rid", "of"),
    ("nothing",),
    ("spare", "me"),
    ("none", "of", "that"),
    ("none", "of", "the"),
    ("none", "of", "your"),
    ("none", "of", "this"),
    ("anything", "but"),
    ("everything", "but"),
    ("all", "but"),
    ("cross", "out"),
    ("exclude",),
    ("omit",),
    ("no", "more"),
    ("leave", "out"),
    ("take", "out"),
    ("take", "off"),
    ("take", "away"),
    ("drop",),
    ("remove",),
    ("delete",),
    ("without",),
    ("except",),
    ("minus",),
    ("excluding",),
    ("not",),
    ("don't",),
    ("didn't",),
    ("isn't",),
    ("wasn't",),
    ("won't",),
    ("wouldn't",),
    ("aren't",),
    ("nobody",),
    ("never",),
    ("skip",),
    ("forget",),
    ("scratch",),
    ("doesn't", "have", "to", "be"),
    ("don't", "have", "to", "be"),
    ("doesn't", "need", "to", "be"),
    ("scrap",),
    ("lose",),
    ("leave", "aside"),
    ("ditch",),
    ("nor",),
    ("neither",),
    ("i'm", "no"),
    ("am", "no"),
    ("is", "no"),
    ("it's", "no"),
    ("no",),
)
_NO_NEGATION = (
    ("not", "only"),
    ("not", "quite"),
    ("not", "really"),
    ("not", "exactly"),
    ("except", "that"),
    ("not", "just"),
    ("not", "too", "many"),
    ("not", "many"),
    ("not", "a", "lot"),
    ("not", "so", "many"),
    ("not", "that", "many"),
    ("not", "sure"),
    ("no", "sorry"),
    ("drop", "it", "to"),
    ("drop", "that", "to"),
    ("drop", "to"),
    ("take", "it", "down", "to"),
    ("don't", "know"),
    ("don't", "mind"),
    ("don't", "care"),
    ("don't", "forget"),
    ("no", "more", "than"),
    ("not", "more", "than"),
    ("no", "problem"),
    ("no", "preference"),
    ("no", "idea"),
    ("no", "secret"),
    ("no", "wonder"),
    ("no", "stranger"),
    ("nothing", "wrong"),
    ("without", "a", "doubt"),
    ("without", "doubt"),
    ("no", "doubt"),
    ("nothing", "against"),
    ("won't", "mind"),
    ("wouldn't", "mind"),
    ("wouldn't", "hurt"),
)
_NEGATORS_OF_NAMES = (
    ("don't", "know"),
    ("cut",),
    ("strike",),
    ("kick",),
    ("hate",),
    ("dislike",),
    ("bin",),
    ("dump",),
    ("chuck",),
)
"""Right before a technology only: "cut it to four" takes nothing away."""
_REFUSES = frozenset({"don't", "never", "can't", "not", "didn't", "wouldn't", "won't"})
_REMOVES = frozenset(
    {"drop", "remove", "delete", "skip", "scrap", "lose", "ditch", "exclude", "omit", "forget", "take"}
)
"""Behind a refusal they take nothing away: "don't drop Kafka"."""


def negator_at(found: Found, at: int) -> int:
    """How many words there say that what follows isn't wanted; 0 where none do."""
    word = found.word(at)
    if at in found.used or (word in _REFUSES and found.word(at + 1) in _REMOVES):
        return 0
    if word in _REMOVES and found.word(at - 1) in _REFUSES:
        return 0
    for one in _NEGATORS_OF_NAMES:
        named = found.at(at + len(one)) if found.words(at, at + len(one)) == one else None
        if named is not None and named.slot == "technology" and not found.tokens[named.start].before:
            return len(one)
    length = next((len(one) for one in _NEGATORS if found.words(at, at + len(one)) == one), 0)
    # "it's no problem" is two of them
    if _is_harmless(at, found) or (length > 1 and _is_harmless(at + length - 1, found)):
        return 0
    # "a little of everything, but what I'm going for is …"
    last = at + length - 1
    return 0 if length > 1 and found.word(last) == "but" and found.tokens[last].before else length


def _is_harmless(at: int, found: Found) -> bool:
    return any(found.words(at, at + len(one)) == one and not _says_not_quite(at, one, found) for one in _NO_NEGATION)


def _says_not_quite(at: int, phrase: tuple[str, ...], found: Found) -> bool:
    """ "Mid. Not quite senior.", and not "not quite, make it senior"."""
    mention = found.at(at + len(phrase))
    return phrase[0] == "not" and mention is not None and mention.slot == "level" and not found.is_break(mention.start)
