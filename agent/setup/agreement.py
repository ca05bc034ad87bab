"""Phrases that agree only where they are all that is said between two marks: "Proceed.", "Yes, that's how I want it."

Inside a sentence they may say anything: "before we proceed", "that's what I need to correct".
"""

import re

from agent.setup.tokens import words_of

_AGREES = (
    "precisely",
    "proceed",
    "ship it",
    r"(?:good|ready|fine) to go",
    "green light",
    r"that(?:'s| is) (?:accurate|what i (?:want|wanted|need|needed|meant|had in mind)|settled|agreed)",
    r"that(?:'s| is) (?:all (?:fine|right|good|correct|of it)|the one|complete|how i (?:want|meant) it)",
    "that (?:matches|fits|suits me)",
    "that (?:all )?sounds (?:fine|good|right)",
    r"(?:i|we) agree|(?:i'm|we're) agreed|agreed",
    "(?:fine|good|okay|ok|great) (?:by|with) me",
    r"(?:it|this)(?:'s| is) (?:all )?(?:right|correct|good|perfect|fine|great)",
    "(?:it|that|this) (?:fits|matches|works|is it)",
    r"you(?:'ve)? (?:got|understood) (?:it|me|that|everything)(?: (?:all|well|right|correctly))?",
    r"i(?:'m| am) satisfied",
    "off we go",
    "let's do that",
    "let's get going",
    "bang on",
    "just so",
    "(?:all|everything) as it should be",
    "very good",
    "(?:create and |and )?start(?: (?:it|now|the interview))?",
)
_AROUND = (
    "yes|yep|yeah|okay|ok|oh|well|right|fine|good|great|lovely|wonderful|perfect|now|then|and|so|all|please|thanks|"
    "thank you|too|um|uh"
)
_WHOLE = re.compile(rf"(?:(?:{_AROUND}) )*(?:{'|'.join(_AGREES)})(?: (?:{_AROUND}))*")
_MARKS = re.compile(r"[.,;:!?\u2026\u2013\u2014]+")


def agrees_in_a_part(text: str) -> bool:
    """Whether a part between two marks is such a phrase."""
    return any(_WHOLE.fullmatch(" ".join(words_of(part))) for part in _MARKS.split(text))
