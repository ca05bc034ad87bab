"""Where a recogniser parts words otherwise than they were said: "Nmap, UnPython", "DevOps, Engineer."."""

from collections.abc import Sequence
from dataclasses import replace

from agent.setup.lexicon import load_lexicon
from agent.setup.roles import EVERYDAY_TITLES
from agent.setup.tokens import Token

_LIKE_AND = ("and", "an", "en", "in", "un")
_SHORTEST_NAME = 4


def parted_from_and(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """With "and" as a word of its own where one that means nothing begins so and goes on with a technology."""
    return tuple(part for token in tokens for part in _parts(token))


def without_stray_commas(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """ "DevOps, Engineer.": the recogniser puts a comma before a title that somebody says with care.

    Not behind what names nothing and is more than a word: "after my shift, bartender".
    """
    titles = load_lexicon().gazetteer.titles - EVERYDAY_TITLES
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        is_stray = token.before == "," and token.word in titles and tokens[place - 1].word not in titles
        names = is_stray and (tokens[place - 1].before or place == 1 or _names_something(tokens[place - 1].word))
        kept.append(replace(token, before="") if names else token)
    return tuple(kept)


def _parts(token: Token) -> tuple[Token, ...]:
    lexicon = load_lexicon()
    known = lexicon.gazetteer.everyday
    for glued in _LIKE_AND:
        name = token.word.removeprefix(glued)
        if name == token.word or len(name) < _SHORTEST_NAME or name in known:
            continue
        if any(one.slot == "technology" for one in lexicon.meanings((name,))):
            means_something = token.word in known or lexicon.meanings((token.word,))
            return (token,) if means_something else (replace(token, word="and"), Token(name))
    return (token,)


def _names_something(word: str) -> bool:
    return any(one.slot in ("role", "technology") for one in load_lexicon().meanings((word,)))
