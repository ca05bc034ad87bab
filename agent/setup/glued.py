"""What a recogniser writes in one word of "and" and a name: "Nmap, UnPython", "Docker Invault"."""

from collections.abc import Sequence
from dataclasses import replace

from agent.setup.lexicon import load_lexicon
from agent.setup.tokens import Token

_LIKE_AND = ("and", "an", "en", "in", "un")
_SHORTEST_NAME = 4


def parted_from_and(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """With "and" as a word of its own where one that means nothing begins so and goes on with a technology."""
    return tuple(part for token in tokens for part in _parts(token))


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
