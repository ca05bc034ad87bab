"""Yes and no to what was asked. What is no clear yes creates nothing."""

import re

from agent.setup.agreement import agrees_in_a_part
from agent.setup.heard import Answer
from agent.setup.phrasing import any_of
from agent.setup.tokens import words_of

_CLEAR_YES = any_of(
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
_SOFT_YES = any_of(
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
_DOUBT = any_of(
    "but",
    "(?<!mm )hmm+",
    "(?<!mm )hm+",
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
    r"what(?! i (?:want|wanted|need|needed|meant)$)",
    r"how(?! i (?:want|meant) it$)",
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
    "never",
    "nobody",
    "none",
    "nothing",
    "before",
    "again",
    "once more",
    "later",
    "so far",
    "most(?:ly)?",
    "half",
    "least",
    "partly",
    "last time",
    "backwards",
    "go (?:over|through|back)",
    "start(?:ing)? (?:over|from|with)",
)
_TURNED_ROUND = re.compile(
    r"^(?:(?:and|so|but|okay) )*(?:is|are|have|did|does|do (?!it\b)|when|can|could|will|would|shall)\b"
)
"""A question, whether or not the recogniser writes its mark."""
_NO = re.compile(
    r"^(?:um |uh |oh |well |hmm |okay |sorry )*(?:no|nope|nah|"
    r"not (?:quite|really|exactly|yet|right|correct|at all)|negative|wrong|"
    r"that(?:'s| is) (?:not|wrong|incorrect)|incorrect|it(?:'s| is) (?:not right|wrong)|don't|"
    r"i don't think so|please don't|wait|stop)(?![\w'])"
)
_NO_CHANGES = re.compile(r"^(?:(?:no|nope|um|oh) )*(?:no changes?|nothing(?: else)?(?: to change)?)$")
"""Means yes as a rule, and isn't clear."""
_RIGHT_ALONE = re.compile(r"^(?:(?:um|uh|oh|so|and) )*(?:right|good|great|okay|ok)(?: (?:right|okay|ok))*$")

_NO_AND_RIGHT = re.compile(r"^no (?:no )?(?:that(?:'s| is)|it(?:'s| is)|all|looks|sounds|nothing (?:else|more))")


def read_answer(text: str) -> Answer | None:
    """Yes or no to what was asked. Doubt of any kind makes a yes a maybe."""
    words = " ".join(words_of(text))
    clear, soft = bool(_CLEAR_YES.search(words)) or agrees_in_a_part(text), bool(_SOFT_YES.search(words))
    if _NO_CHANGES.search(words):
        return "maybe"
    if _NO.search(words):
        return "maybe" if clear and not words.startswith(("wait", "stop")) and _agrees_after_no(words) else "no"
    if not clear and not soft:
        return None
    if _DOUBT.search(words) or _TURNED_ROUND.search(words) or "?" in text:
        return "maybe"
    return "soft_yes" if not clear or _RIGHT_ALONE.match(words) else "yes"


def _agrees_after_no(words: str) -> bool:
    """ "No, that's fine" means yes as a rule, and isn't clear."""
    return _NO_AND_RIGHT.search(words) is not None and " not " not in words
