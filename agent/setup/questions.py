"""What a turn asks to be told. Asking for a change ("can we do eight?") is no such question."""

import re

from agent.setup.found import Asked
from agent.setup.heard import Question
from agent.setup.phrasing import any_of
from agent.setup.tokens import words_of

_EXPLAIN = any_of(
    r"what(?:'s|s| is| are| does| do|'re)?(?: \w+){0,6} (?:mean|means|meant|about|for|good for)",
    r"what(?:'s|s| is| are)",
    r"what (?:type|kind|level|tone|role|choice|option|technolog|topic)\w*",
    "difference",
    "explain",
    "tell me (?:about|more|what|which)",
    r"how many (?:questions )?(?:can|may|could|do|should|are|is|would|will)",
    "how long",
    "how much time",
    r"what (?:can|could|may|should|do) i",
    "which (?:ones|types|levels|options|roles|technologies|tones|kinds|are|can|do|would|should)",
    "what else (?!but|than)",
    r"what do you (?:mean|have|offer|know|need)",
    r"how (?:do|would) (?:you|i|we) (?:define|tell|know|decide)",
    r"(?:can|may|could) i (?:choose|pick|take|have|say) (?:any(?: number| amount)?|as many as i (?:want|like))$",
    r"is (?:the|a|an|that|it)(?: \w+){0,3} about(?: \w+)+ or",
    r"what have (?:you|i|we)",
    r"what did i",
    "what can you",
    "how can you",
    "what's that",
    "do you mean",
    r"how (?:does|do|will|would) (?:this|it|that|the)",
    r"what happens",
    r"who are you",
    r"are you (?:a |an )?(?:robot|real|human|ai|bot|machine)",
    r"is (?:this|it) (?:being )?recorded",
    "read (?:it|that|everything)(?: to me)? (?:back|again)",
    "what (?:is|are) my",
    "so far",
    "summar\\w+",
    r"(?:is|are) there (?:a |an |any )?(?:limit|maximum|options?|choices|other)",
    "(?:do|will|would|should|must) i (?:need|have) to",
    "(?:is|are|would|isn't|aren't)(?: \\w+){1,3} (?:too|enough|a lot)\\b",
    "what's (?:next|possible|available)",
    "can you (?:explain|tell|help|read|remind)",
    "could you (?:explain|tell|help|read|remind)",
    "remind me",
)
ASKS_FOR_ADVICE = any_of(
    "what do you (?:recommend|suggest|think)",
    "what would you (?:recommend|suggest|take|choose)",
    "what should i (?:take|choose|pick|say)",
    "what do most people \\w+",
    r"how many (?:do|would) you (?:recommend|suggest|advise|take|choose)",
    "what's (?:best|usual|normal)",
)
_PROPOSES = re.compile(
    r"^(?:(?:and|so|um|uh|okay|hello|hi|hey|there|well|please|sorry) )*"
    r"(?:how about|what about|can we (?:do|make|have|take|say)|could we|can i have|"
    r"could i have|(?:can|could|would|will) you (?:please )?help me(?: out)?(?! (?:understand|decide|choose|pick))|"
    r"could you (?:make|add|remove|do|change|put)|can you (?:make|add|remove|do|change|put))\b"
)
_SO_FAR = any_of(
    "got so far",
    "have so far",
    "what have (?:you|i|we)",
    "what did i",
    "what do you have",
    "read (?:it|that|everything)(?: to me)? (?:back|again)",
    "summar\\w+",
    r"what (?:is|are) my (?!options|choices)",
    "remind me",
)
_PROCESS = any_of(
    "how (?:does|do|will|would) (?:this|it|that|the)(?: \\w+)? (?:work|go|happen)",
    "what happens",
    "how long",
    "how much time",
    "what can you",
    "how can you",
    "who are you",
    "are you (?:a |an )?(?:robot|real|human|ai|bot|machine)",
    "what is this",
    "what's this",
    "what's next",
    "(?:do|will|would|should|must) i (?:need|have) to",
)
_ABOUT: tuple[tuple[Question, re.Pattern[str]], ...] = (
    ("interview_type", re.compile(r"difference|\b(?:types?|kinds?)\b")),
    ("level", re.compile(r"\b(?:levels?|seniority)\b")),
    ("question_count", re.compile(r"how many|limit|maximum|\bnumber\b|\btoo (?:many|few)\b|\benough\b")),
    ("technologies", re.compile(r"technolog|\bstack\b|\btopics?\b|\blanguages?\b|\btools\b")),
    ("tone", re.compile(r"\btones?\b|interviewers?\b")),
    ("mixed", re.compile(r"\bmix")),
    ("behavioral", re.compile(r"\bbehavio")),
    ("technical", re.compile(r"\btechnical\b")),
    ("role", re.compile(r"\b(?:roles?|jobs?|positions?)\b")),
)
_ASKING = re.compile(
    r"^(?:(?:um|uh|so|and|sorry|wait|hmm|okay|well|but|please|just|oh|first) )*"
    r"(?:what(?! (?:i|we|i'm|i'd) )|what's|whats|which|how|who|is|are|do|does|explain|tell|can|could|read|"
    r"remind|summar\w+|why|the difference)\b"
)
_WONDERS = re.compile(r"\bwhat (?:that|it|this|those|\w+) (?:means?|is|are)$")
_AT_A_LOSS = re.compile(
    r"\b(?:not (?:really |quite )?sure|don't (?:really )?know|no idea|unsure) (?:what you (?:need|want|mean|expect)|"
    r"what (?:to (?:say|do|tell)|this is|i (?:have|need|should) to (?:say|do))|how (?:this|it|that) works|"
    r"where to (?:start|begin))(?: (?:from me|here|exactly|now|yet|first))*$"
)
"""And nothing else is said."""
_TYPE_WORDS = re.compile(r"\bmix|\bbehavio|\btechnical\b")


def read_question(sentence: str, asked: Asked) -> Question | None:
    """What a sentence asks to be told. Asking for a change ("can we do eight?") is no such question."""
    words = " ".join(words_of(sentence))
    if _AT_A_LOSS.search(words):
        return "process"
    asks = "?" in sentence or _ASKING.match(words) or _WONDERS.search(words)
    if not asks or not _EXPLAIN.search(words) or _PROPOSES.match(words) or ASKS_FOR_ADVICE.search(words):
        return None
    if _SO_FAR.search(words):
        return "so_far"
    if not _TYPE_WORDS.search(words) and _PROCESS.search(words):
        return "process"
    for topic, pattern in _ABOUT:
        if pattern.search(words):
            return topic
    if re.search(r"\b(?:mean|options?|choices?|choose|explain|which|possible|available|else|that|define|any)\b", words):
        return "process" if asked == "anything" or asked == "confirm" or asked == "stop" else asked
    return "other" if "?" in sentence or words.startswith(("what", "who", "how", "is", "are")) else None
