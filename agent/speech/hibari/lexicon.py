"""How hibari should say what it reads wrong. What is shown in captions stays as written.

Kept short: many respellings that look right made it worse for listeners (Whisper in their place).
"""

import re

_SPOKEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(written), spoken)
    for written, spoken in (
        (r"\bO\(n log n\)", "O of n log n"),
        (r"\bO\(log n\)", "O of log n"),
        (r"\bO\(n(?:\^2|²)\)", "O of n squared"),
        (r"\bO\(n\)", "O of n"),
        (r"\bO\(1\)", "O of one"),
        (r"\bRedis\b", "[Redis](/ɹˈɛdɪs/)"),
        (r"\b(?:Kubernetes|[Kk]8s)\b", "[Kubernetes](/kˌubəɹnˈɛTiz/)"),
        (r"\bidempotent\b", "[idempotent](/ˌIdəmpˈOtᵊnt/)"),
        (r"\buseEffect\b", "use effect"),
        (r"\buseState\b", "use state"),
        (r"\bNode\.js\b", "Node J S"),
        (r"\bCI/CD\b", "C I C D"),
        (r"\bOAuth\b", "oh auth"),
        (r"\bnginx\b", "engine X"),
        (r"\be\.g\.", "for example"),
        (r"\bi\.e\.", "that is"),
    )
)
_UNSPOKEN = re.compile(r"[*_`#\[\]{}<>|~]+")


def spoken_form(text: str) -> str:
    """The text as the voice should read it: without marks of Markdown, and with the lexicon's pronunciations."""
    text = _UNSPOKEN.sub(" ", text)
    for written, spoken in _SPOKEN:
        text = written.sub(spoken, text)
    return text
