"""A text as a person would see it: without what is invisible, steers writing direction, or can't be stored."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Zero width, soft hyphens, direction overrides, variation selectors, tag characters."""
_JOINERS_IN_LATIN = re.compile("(?<![\u0300-\U0010ffff])[\u200c\u200d]")
"""Between Latin letters they only hide a word; in other scripts and in emoji they mean something."""
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf076\uf0d8\uf0fc\u25cf\u25aa", "\u2022"))
"""Of the symbol fonts that word processors use."""
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_NO_CHARACTERS = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Categories: controls, halves of pairs, private use, not assigned."""
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_SPACES = re.compile("[^\\S\n]+")
_BLANK_LINES = re.compile("\n{3,}")


def cleaned(text: str) -> str:
    """Line by line as it was, with single spaces and at most one blank line running."""
    text = _LINE_ENDS.sub("\n", text).translate(_BULLETS).translate(_LIGATURES)
    text = _JOINERS_IN_LATIN.sub("", _INVISIBLE.sub("", text))
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in _NO_CHARACTERS)
    lines = (_SPACES.sub(" ", line).strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def letter_count(text: str) -> int:
    return sum(char.isalnum() for char in text)
