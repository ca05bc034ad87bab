"""What an interview is to be about, told without its kind: "how I handle a crowd", "hard facts", "nuts and bolts"."""

import re

from agent.setup.found import Asked, Found, Mention
from agent.setup.lexicon import Meaning
from agent.setup.phrasing import any_of

_DEALS = (
    r"(?:handle|deal|cope|react|behave|treat|get (?:on|along|by)|got (?:on|along|through)|work (?:with|in|under)|lead|"
    r"led|manage|calm|soothe|talk|listen|am\b|argue|decide|motivate|coped|handled|dealt|reacted|managed)"
)
_PERSON = any_of(
    rf"how i(?:'d|'ll| would| have| can| usually)? {_DEALS}(?: \w+)?",
    r"how i'm",
    r"(?:who|what) i am(?: like)?",
    r"what (?:i'm|i am) like(?: as a person)?",
    r"as a (?:person|human(?: being)?|colleague|team player)",
    r"(?:a |that )time when",
    r"(?:what|why) i (?:did|felt|learned|learnt)",
    r"(?:my |the )?(?:inner life|feelings?|emotions?|character|attitude|motivation|motives|psychology|mindset)",
    r"(?:my )?strengths(?: and weaknesses)?",
    r"(?:my )?weaknesses",
    r"(?:the )?(?:conflicts?|stress|pressure|leadership|empathy|communication)(?: and (?:conflicts?|stress|pressure))?",
    r"heart to heart",
    r"(?:soft|touchy feely|people|human|personal|fluffy) (?:stuff|side|part|things?|bits?)",
    r"(?:campfire |war |old )?tales",
    r"(?:past |difficult |tricky )?situations",
    r"bad (?:nights|days)",
    r"(?:my )?past (?:work|jobs?|experiences?|projects?)",
    r"what i've (?:done|lived through|been through)",
    r"(?:small talk|chit chat|get to know me)",
)
_CRAFT = any_of(
    r"(?:hard |plain |pure )?facts",
    r"know how",
    r"(?:the )?(?:theory|definitions|formulas?|sums|calculations|maths?)",
    r"nuts and (?:bolts|cogs)",
    r"(?:the )?(?:tools|tricks) of the trade",
    r"what i (?:know|can do|can build)",
    r"how (?:things|it all|it|everything|stuff|the (?:\w+ )?(?:machines?|systems?|tools?)) "
    r"(?:works?|is built|are built)",
    r"under the (?:hood|bonnet)",
    r"shop talk",
    r"(?:the |my )?(?:craft|trade)",
    r"(?:tech|hard|number|numbers|nerdy|geeky|expert|specialist|subject) (?:stuff|side|part|things?|bits?)",
    r"(?:real |proper )?engineering(?= questions)",
    r"algorithms",
    r"(?:the )?(?:wiring|machinery|hardware)",
)
_PARTS = re.compile(
    r"\b(half|part|pinch|dash|slice|dose|portion|some|partly|a bit|a little)\b.+\b\1\b"
    r"|\b(?:equal|two) (?:parts|shares)\b.+\band\b"
)
"""Two halves are named: whatever they are, it is a mix."""


def add_topics(found: Found, asked: Asked) -> None:
    """Adds what names a kind of interview by its topic, where the kind is asked for."""
    is_named = any(not one.meaning.weak for one in found.of("interview_type"))
    if asked != "interview_type" or is_named:
        # "behavioral, I can do the wiring in my sleep"
        return
    words = " ".join(token.word for token in found.tokens)
    for kind, topics in (("behavioral", _PERSON), ("technical", _CRAFT)):
        for topic in topics.finditer(words):
            start = len(words[: topic.start()].split())
            end = start + len(topic.group().split())
            if not found.used.intersection(range(start, end)):
                found.add(Mention("interview_type", kind, start, end, Meaning("interview_type", kind, weak=True)))


def names_two_halves(words: str) -> bool:
    """ "Half of it about the handshake, half of it about the wiring"."""
    return _PARTS.search(words) is not None
