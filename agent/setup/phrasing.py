"""Patterns over bare lower-case words."""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?![\w'])")
