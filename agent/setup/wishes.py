"""What a turn wants from the assistant: yes or no, an explanation, a choice made for them, an end."""

import re
from typing import Literal

from agent.holds import asks_for_time
from agent.intents import read_intent
from agent.setup.heard import Answer, Question, Wish
from agent.setup.mentions import Asked
from agent.setup.tokens import words_of


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?![\w'])")


_FILLERS = frozenset("um uh er erm hmm hm mm mmm ah oh so well like right okay ok mhm and".split())  # noqa: SIM905
_CLEAR_YES = _any(
    "yes", "yep", "yup", "yeah", "yeh", "yah", r"that(?:'s| is|s) (?:right|correct|perfect|great|good|fine|it|exactly it)",
    "correct", "exactly", "perfect", r"(?:sounds|looks|seems) (?:good|great|right|perfect|fine|correct|ok|okay)",
    "go ahead", r"(?:please )?create (?:it|the interview|that)", "do it", "please do", "all good", "spot on",
    "absolutely", "definitely", "of course", "that works", "works for me", r"i(?:'m| am) happy(?: with (?:that|it|this))?",
    "that is all correct", "all correct", "all right with me", "let's (?:go|do it|start|begin)", "make it so", "go for it",
    r"everything(?:'s| is) (?:right|correct|fine|good)", "save it", "set it up", "i confirm", "confirm", "confirmed",
    "affirmative", "that'll do", "great", "good", "right",
)  # fmt: skip
_SOFT_YES = _any(
    "okay", "ok", "sure", "fine", "alright", "all right", "mhm", "mm hmm", "uh huh", "i guess", "why not", "i suppose",
    "i think so", "guess so", "not bad", "cool", "nice",
)  # fmt: skip
_DOUBT = _any(
    "but", "hmm+", "hm+", "wait", "not", "no", "nope", "maybe", "perhaps", "except", "however", "although", "though",
    "actually", "almost", "nearly", "one (?:thing|more thing)", "change", "different", "instead", "wrong", "i guess",
    "guess so", "i suppose", "i think", "let me", "hold on", "what", "how", "why", "which", "can you", "could you",
    "don't", "doesn't", "isn't", "aren't", "should be", "another", "think about", "unless", "or", "if", "forgot",
)  # fmt: skip
_NO = re.compile(
    r"^(?:um |uh |oh |well |hmm |okay |sorry )*(?:no|nope|nah|not (?:quite|really|exactly|yet|right|correct|at all)|negative|"
    r"wrong|that(?:'s| is) (?:not|wrong|incorrect)|incorrect|it(?:'s| is) (?:not right|wrong)|don't|i don't think so|"
    r"please don't|wait|stop)(?![\w'])"
)
_RIGHT_ALONE = re.compile(r"^(?:(?:um|uh|oh|so|and) )*(?:right|good|great|okay|ok)(?: (?:right|okay|ok))*$")

_ALL = _any(
    "surprise me", r"you (?:just )?(?:can )?(?:choose|decide|pick)(?: (?:it|them))? (?:everything|all|the rest|for me|all of it)",
    r"(?:fill in|choose|decide|pick) (?:the rest|everything|all)", r"(?:the rest|everything(?: else)?) (?:is|can be) (?:up to "
    r"you|whatever|your choice)", "whatever for the rest", "anything for the rest", r"the rest (?:doesn't matter|i don't care)",
    "just (?:start|make|create|give me) (?:something|anything|one|any interview)", "something random",
    "i don't care about the rest", "leave (?:it all|everything|the rest) to you", "leave it to you",
)  # fmt: skip
_USUAL = _any(
    "the usual", "usual one", "as usual", "as always", r"(?:the )?same (?:as|like) (?:last time|always|before|usual|the last)",
    "like last time", "like always", "same again", "same thing again", r"the standard(?: one| interview| thing)?", "defaults?",
    r"(?:a|the) (?:normal|typical|regular|classic|average) (?:one|interview|thing)", "just the basics",
)  # fmt: skip
_THIS = _any(
    r"you (?:just )?(?:can )?(?:choose|decide|pick)", "up to you", "your (?:choice|call|pick)", "whatever",
    r"(?:doesn't|does not|don't|do not) (?:really )?(?:matter|mind|care)", "no preferences?", "either",
    r"any(?:thing)?(?: one)?(?: (?:is|would be))? (?:fine|will do|works|goes|okay|ok|good)", "anything", "any",
    r"i (?:really |honestly )?(?:don't|do not) know", r"(?:i'm )?not (?:really )?sure", "no idea", "dunno", "skip(?: (?:it|this|"
    r"that))?", "pass", "i'm (?:easy|flexible|open)", "dealer's choice", "random", "what do you (?:recommend|suggest|think)",
    "what would you (?:recommend|suggest|take|choose)", "you tell me", "no clue", "as you like", "same to me", "next question",
    "i have no preference", "suggest something", "no strong feelings",
)  # fmt: skip
_STOP = _any(
    "cancel", "never ?mind", "never mind", r"forget (?:it|about it|this|the whole thing)", r"(?:want|need|have|got|gotta|like) "
    r"(?:to )?(?:go|leave|stop|quit|end)(?: now| here| this| it)?", "good ?bye", "bye", "bye bye", "quit", "another time",
    "maybe later", r"(?:let's|can we|could we|let us) (?:stop|leave it|do (?:this|it) later|end)(?: here| now| it| this)?",
    "abort", "not (?:now|today)", "i'm (?:done|out)", "see you", "stop (?:it|this|here|now|please|the setup|the set up|talking)",
)  # fmt: skip
_STOP_ALONE = re.compile(r"^(?:please )?(?:stop|end|exit|leave)(?: please| now| here)?$")
_MOST_STOP_WORDS = 12
_REPEAT_ALONE = re.compile(
    r"^(?:sorry|pardon|what|huh|excuse me|come again|again please|what was that|sorry what|what did you say|say again)$"
)
_GREETS = _any("hello", "hi", "hey", "good (?:morning|afternoon|evening)", "how are you(?: doing)?", "how's it going",
               "nice to meet you", "what's up", "howdy")  # fmt: skip
_THANKS = _any("thanks", "thank you", "cheers")

_EXPLAIN = _any(
    r"what(?:'s|s| is| are| does| do|'re)?(?: \w+){0,6} (?:mean|means|meant|about|for|good for)", r"what(?:'s|s| is| are) (?:a |an |the )?",
    r"what (?:type|kind|level|tone|role|choice|option|technolog|topic)\w*", "difference", "explain", "tell me (?:about|more|what|which)",
    r"how many (?:questions )?(?:can|may|could|do|should|are|is|would|will)", "how long", r"what (?:can|could|may|should|do) i",
    "which (?:ones|types|levels|options|roles|technologies|tones|kinds|are|can|do|would|should)", "what else",
    r"what do you (?:mean|have|offer|know|need)", r"what have (?:you|i|we)", r"what did i", "what's that", "do you mean",
    r"how (?:does|do|will|would) (?:this|it|that|the)", r"what happens", r"who are you", r"are you (?:a |an )?(?:robot|real|human|ai|bot|machine)",
    r"is (?:this|it) (?:being )?recorded", "read (?:it|that|everything)(?: to me)? (?:back|again)", "what (?:is|are) my", "so far", "summar\\w+",
    r"(?:is|are) there (?:a |an |any )?(?:limit|maximum|options?|choices|other)", "do i (?:need|have) to", "what's (?:next|possible|available)",
    "can you (?:explain|tell|help|read|remind)", "could you (?:explain|tell|help|read|remind)", "remind me",
)  # fmt: skip
_ASKS_FOR_ADVICE = _any("what do you (?:recommend|suggest|think)", "what would you (?:recommend|suggest|take|choose)",
                        "what should i (?:take|choose|pick|say)", "what do most people \\w+", "what's (?:best|usual|normal)")  # fmt: skip
_PROPOSES = re.compile(r"^(?:and |so |um |okay )*(?:how about|what about|can we (?:do|make|have|take|say)|could we|can i have|"
                       r"could i have|could you (?:make|add|remove|do|change|put)|can you (?:make|add|remove|do|change|put))\b")  # fmt: skip
_SO_FAR = _any("got so far", "have so far", "what have (?:you|i|we)", "what did i", "what do you have", "read (?:it|that|everything)(?: to me)? (?:back|again)",
               "summar\\w+", r"what (?:is|are) my (?!options|choices)", "remind me")  # fmt: skip
_PROCESS = _any("how (?:does|do|will|would) (?:this|it|that|the)(?: \\w+)? (?:work|go|happen)", "what happens", "how long", "who are you",
                "are you (?:a |an )?(?:robot|real|human|ai|bot|machine)", "what is this", "what's this", "what's next", "do i (?:need|have) to")  # fmt: skip
_ABOUT: tuple[tuple[Question, re.Pattern[str]], ...] = (
    ("interview_type", re.compile(r"difference|\b(?:types?|kinds?)\b")),
    ("level", re.compile(r"\b(?:levels?|seniority)\b")),
    ("question_count", re.compile(r"how many|limit|maximum|\bnumber\b")),
    ("technologies", re.compile(r"technolog|\bstack\b|\btopics?\b|\blanguages?\b|\btools\b")),
    ("tone", re.compile(r"\btones?\b|interviewers?\b")),
    ("mixed", re.compile(r"\bmix")),
    ("behavioral", re.compile(r"\bbehavio")),
    ("technical", re.compile(r"\btechnical\b")),
    ("role", re.compile(r"\b(?:roles?|jobs?|positions?)\b")),
)
_ASKING = re.compile(
    r"^(?:(?:um|uh|so|and|sorry|wait|hmm|okay|well|but|please|just|oh|first) )*"
    r"(?:what(?! (?:i|we|i'm|i'd) )|what's|whats|which|how|who|is|are|do|does|explain|tell|can|could|read|remind|summar\w+|why|the difference)\b"
)
_TYPE_WORDS = re.compile(r"\bmix|\bbehavio|\btechnical\b")


def is_filler(text: str) -> bool:
    words = words_of(text)
    return bool(words) and all(word in _FILLERS for word in words)


def read_answer(text: str) -> Answer | None:
    """Yes or no to what was asked. Doubt of any kind makes a yes a soft one."""
    words = " ".join(words_of(text))
    clear, soft = bool(_CLEAR_YES.search(words)), bool(_SOFT_YES.search(words))
    if _NO.search(words):
        return "soft_yes" if clear and not words.startswith(("wait", "stop")) and _agrees_after_no(words) else "no"
    if not clear and not soft:
        return None
    if not clear or _DOUBT.search(words) or "?" in text or _RIGHT_ALONE.match(words):
        return "soft_yes"
    return "yes"


def _agrees_after_no(words: str) -> bool:
    """ "No, that's fine" means yes as a rule, and isn't clear."""
    return bool(re.search(r"^no (?:no )?(?:that(?:'s| is)|it(?:'s| is)|all|looks|sounds)", words)) and " not " not in words


def read_wish(text: str, asked: Asked) -> Wish | None:
    words = " ".join(words_of(text))
    if _ALL.search(words):
        return "choose_all"
    if _USUAL.search(words):
        return "usual"
    if _wants_to_stop(words, asked):
        return "stop"
    if asks_for_time(text):
        return "wait"
    if _REPEAT_ALONE.match(words) or read_intent(text) == "repeat":
        return "repeat"
    return "choose_this" if _THIS.search(words) or _ASKS_FOR_ADVICE.search(words) else None


def _wants_to_stop(words: str, asked: Asked) -> bool:
    if len(words.split()) > _MOST_STOP_WORDS:
        return False
    if _STOP_ALONE.match(words) or read_intent(words) == "stop":
        return True
    return asked != "stop" and bool(_STOP.search(words))


def read_question(sentence: str, asked: Asked) -> Question | None:
    """What a sentence asks to be told. Asking for a change ("can we do eight?") is no such question."""
    words = " ".join(words_of(sentence))
    if not ("?" in sentence or _ASKING.match(words)) or _PROPOSES.match(words) or _ASKS_FOR_ADVICE.search(words) or not _EXPLAIN.search(words):
        return None
    if _SO_FAR.search(words):
        return "so_far"
    if not _TYPE_WORDS.search(words) and _PROCESS.search(words):
        return "process"
    about = next((topic for topic, pattern in _ABOUT if pattern.search(words)), None)
    if about is not None:
        return about
    if re.search(r"\b(?:mean|options?|choices?|choose|explain|which|possible|available|else|that)\b", words):
        return asked if asked not in ("anything", "confirm", "stop") else "process"
    return "other" if "?" in sentence or words.startswith(("what", "who", "how", "is", "are")) else None


def read_small_talk(text: str) -> Literal["greeting", "thanks"] | None:
    words = " ".join(words_of(text))
    if _GREETS.search(words):
        return "greeting"
    return "thanks" if _THANKS.search(words) else None
