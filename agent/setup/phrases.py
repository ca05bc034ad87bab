"""How people say yes and no, ask, leave a choice to the assistant, and want to stop: for bare lower-case words."""

import re

from agent.setup.heard import Question


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?![\w'])")


FILLERS = frozenset("um uh er erm hmm hm mm mmm ah oh so well like right okay ok mhm and".split())  # noqa: SIM905
CLEAR_YES = _any(
    "yes",
    "yep",
    "yup",
    "yeah",
    "yeh",
    "yah",
    r"that(?:'s| is|s) (?:right|correct|perfect|great|good|fine|it|exactly it)",
    "correct",
    "exactly",
    "perfect",
    r"(?:sounds|looks|seems) (?:good|great|right|perfect|fine|correct|ok|okay)",
    "go ahead",
    r"(?:please )?create (?:it|the interview|that)",
    "do it",
    "please do",
    "all good",
    "spot on",
    "absolutely",
    "definitely",
    "of course",
    "that works",
    "works for me",
    r"i(?:'m| am) happy(?: with (?:that|it|this))?",
    "that is all correct",
    "all correct",
    "all right with me",
    "let's (?:go|do it|start|begin)",
    "make it so",
    "go for it",
    r"everything(?:'s| is) (?:right|correct|fine|good)",
    "save it",
    "set it up",
    "i confirm",
    "confirm",
    "confirmed",
    "affirmative",
    "that'll do",
)
SOFT_YES = _any(
    "great",
    "good(?! (?:morning|afternoon|evening|question|point))",
    "right",
    "okay",
    "ok",
    "sure",
    "fine",
    "alright",
    "all right",
    "mhm",
    "mm hmm",
    "uh huh",
    "i guess",
    "why not",
    "all of (?:those|them|these)",
    "those",
    "these",
    "take (?:those|them|that|it)",
    "as you said",
    "i suppose",
    "i think so",
    "guess so",
    "not bad",
    "cool",
    "nice",
)
DOUBT = _any(
    "but",
    "hmm+",
    "hm+",
    "wait",
    "not",
    "no",
    "nope",
    "maybe",
    "perhaps",
    "except",
    "however",
    "although",
    "though",
    "actually",
    "almost",
    "nearly",
    "one (?:thing|more thing)",
    "change",
    "different",
    "instead",
    "wrong",
    "i guess",
    "guess so",
    "i suppose",
    "i think",
    "let me",
    "hold on",
    "what",
    "how",
    "why",
    "which",
    "can you",
    "could you",
    "don't",
    "doesn't",
    "isn't",
    "aren't",
    "should be",
    "another",
    "think about",
    "unless",
    "or",
    "if",
    "forgot",
)
NO = re.compile(
    r"^(?:um |uh |oh |well |hmm |okay |sorry )*(?:no|nope|nah|not (?:quite|really|exactly|yet|right|correct|at all)|"
    r"negative|wrong|that(?:'s| is) (?:not|wrong|incorrect)|incorrect|it(?:'s| is) (?:not right|wrong)|don't|"
    r"i don't think so|please don't|wait|stop)(?![\w'])"
)
NO_CHANGES = re.compile(r"^(?:(?:no|nope|um|oh) )*(?:no changes?|nothing(?: else)?(?: to change)?)$")
"""Means yes as a rule, and isn't clear."""
RIGHT_ALONE = re.compile(r"^(?:(?:um|uh|oh|so|and) )*(?:right|good|great|okay|ok)(?: (?:right|okay|ok))*$")

ALL = _any(
    r"(?:up to you|your (?:choice|call)|whatever|you (?:choose|decide|pick)|anything) for (?:the rest|everything|all)",
    "surprise me",
    r"you (?:just )?(?:can )?(?:choose|decide|pick)(?: (?:it|them))? (?:everything|all|the rest|for me|all of it)",
    r"(?:fill in|choose|decide|pick) (?:the rest|everything|all)",
    r"(?:the rest|everything(?: else)?) (?:is|can be) (?:up to "
    r"you|whatever|your choice)",
    "whatever for the rest",
    "anything for the rest",
    r"the rest (?:doesn't matter|i don't care)",
    "just (?:start|make|create|give me) (?:something|anything|one|any interview)",
    "something random",
    r"(?:pick|choose|take|suggest) (?:something|anything|one|whatever)(?: for me)?",
    "i don't care about the rest",
    "leave (?:it all|everything|the rest) to you",
)
USUAL = _any(
    "the usual",
    "usual one",
    "as usual",
    "as always",
    r"(?:the )?same (?:as|like) (?:last time|always|before|usual|the last)",
    "like last time",
    "like always",
    "same again",
    "same thing again",
    r"the standard(?: one| interview| thing)?",
    "defaults?",
    r"(?:a|the) (?:normal|typical|regular|classic|average) (?:one|interview|thing)",
    "just the basics",
)
THIS = _any(
    r"you (?:just )?(?:can )?(?:choose|decide|pick)",
    "up to you",
    r"leave (?:that|it|this|them) (?:up )?to you",
    "your (?:choice|call|pick)",
    "whatever",
    r"(?:doesn't|does not|don't|do not) (?:really )?(?:matter|mind|care)",
    "no preferences?",
    "either",
    r"any(?:thing)?(?: one)?(?: (?:is|would be))? (?:fine|will do|works|goes|okay|ok|good)",
    "anything",
    "any",
    r"i (?:really |honestly )?(?:don't|do not) know",
    r"(?:i'm )?not (?:really )?sure",
    "no idea",
    "dunno",
    "skip(?: (?:it|this|that))?",
    "pass",
    "i'm (?:easy|flexible|open)",
    "dealer's choice",
    "random",
    "what do you (?:recommend|suggest|think)",
    "what would you (?:recommend|suggest|take|choose)",
    "you tell me",
    "whichever",
    r"(?:a (?:bit|little) of )?everything",
    "however many",
    "what you think",
    "no clue",
    "as you like",
    "same to me",
    "next question",
    "i have no preference",
    "suggest something",
    "no strong feelings",
)
STOP = _any(
    "cancel",
    "never ?mind",
    "never mind",
    r"forget (?:it|about it|this|the whole thing)",
    r"(?:want|need|have|got|like) to (?:go|leave|stop|quit|end)(?: now| here| this| it)?",
    "(?:gotta|got to) go",
    "good ?bye",
    "bye",
    "bye bye",
    "quit",
    "another time",
    "maybe later",
    r"(?:let's|can we|could we|let us) (?:stop|leave it|do (?:this|it) later|end)(?: here| now| it| this)?",
    "abort",
    "not (?:now|today)",
    "i'm (?:done|out)",
    "see you",
    "stop (?:it|this|here|now|please|the setup|the set up|talking)",
)
STOP_ALONE = re.compile(r"^(?:please )?(?:stop|end|exit|leave)(?: please| now| here)?$")
REPEAT_ALONE = re.compile(
    r"^(?:sorry|pardon|what|huh|excuse me|come again|again please|what was that|sorry what|what did you say|say again)$"
)
GREETS = _any(
    "hello",
    "hi",
    "hey",
    "good (?:morning|afternoon|evening)",
    "how are you(?: doing)?",
    "how's it going",
    "nice to meet you",
    "what's up",
    "howdy",
)
THANKS = _any("thanks", "thank you", "cheers")

EXPLAIN = _any(
    r"what(?:'s|s| is| are| does| do|'re)?(?: \w+){0,6} (?:mean|means|meant|about|for|good for)",
    r"what(?:'s|s| is| are)",
    r"what (?:type|kind|level|tone|role|choice|option|technolog|topic)\w*",
    "difference",
    "explain",
    "tell me (?:about|more|what|which)",
    r"how many (?:questions )?(?:can|may|could|do|should|are|is|would|will)",
    "how long",
    r"what (?:can|could|may|should|do) i",
    "which (?:ones|types|levels|options|roles|technologies|tones|kinds|are|can|do|would|should)",
    "what else",
    r"what do you (?:mean|have|offer|know|need)",
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
    "do i (?:need|have) to",
    "what's (?:next|possible|available)",
    "can you (?:explain|tell|help|read|remind)",
    "could you (?:explain|tell|help|read|remind)",
    "remind me",
)
ASKS_FOR_ADVICE = _any(
    "what do you (?:recommend|suggest|think)",
    "what would you (?:recommend|suggest|take|choose)",
    "what should i (?:take|choose|pick|say)",
    "what do most people \\w+",
    "what's (?:best|usual|normal)",
)
PROPOSES = re.compile(
    r"^(?:and |so |um |okay )*(?:how about|what about|can we (?:do|make|have|take|say)|could we|can i have|"
    r"could i have|could you (?:make|add|remove|do|change|put)|can you (?:make|add|remove|do|change|put))\b"
)
SO_FAR = _any(
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
PROCESS = _any(
    "how (?:does|do|will|would) (?:this|it|that|the)(?: \\w+)? (?:work|go|happen)",
    "what happens",
    "how long",
    "what can you",
    "how can you",
    "who are you",
    "are you (?:a |an )?(?:robot|real|human|ai|bot|machine)",
    "what is this",
    "what's this",
    "what's next",
    "do i (?:need|have) to",
)
ABOUT: tuple[tuple[Question, re.Pattern[str]], ...] = (
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
ASKING = re.compile(
    r"^(?:(?:um|uh|so|and|sorry|wait|hmm|okay|well|but|please|just|oh|first) )*"
    r"(?:what(?! (?:i|we|i'm|i'd) )|what's|whats|which|how|who|is|are|do|does|explain|tell|can|could|read|"
    r"remind|summar\w+|why|the difference)\b"
)
WONDERS = re.compile(r"\bwhat (?:that|it|this|those|\w+) (?:means?|is|are)$")
TYPE_WORDS = re.compile(r"\bmix|\bbehavio|\btechnical\b")
