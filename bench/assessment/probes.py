"""What is no answer, and what may be done to an answer without changing what it says."""

import random
import re
from collections.abc import Callable, Sequence

from bench.assessment.sets import LabelledAnswer, Part, labelled_answers, passages
from prompts.question_bank import load_bank

SEED = 5
OF_EACH_KIND = 20
WORD_ERRORS = 0.08
_FILLERS = ("um", "uh", "you know", "like", "I mean")
_PADDING = (
    "So let me just say that again in other words, I mean, that's how I'd see it anyway, and it's an interesting "
    "thing to talk about, isn't it. There is always more that one could say about it, of course, but you get the idea."
)
_SOUNDS_ALIKE = {
    "the": "a",
    "their": "there",
    "then": "than",
    "to": "too",
    "two": "to",
    "write": "right",
    "would": "wood",
    "know": "now",
    "one": "won",
    "four": "for",
    "cache": "cash",
    "site": "sight",
    "new": "knew",
    "see": "sea",
    "is": "as",
    "in": "and",
    "it": "that",
    "where": "were",
}

NonAnswer = tuple[Part, str, str]
"""Set, question id, text."""


def non_answers() -> dict[str, list[NonAnswer]]:
    """Twenty of each kind, each with the question that it is given to."""
    rng = random.Random(SEED)
    strong = [answer for answer in labelled_answers() if answer.strength == "strong"]
    questions = [answer.question_id for answer in strong]

    def asked(number: int) -> str:
        return questions[number % len(questions)]

    found: dict[str, list[NonAnswer]] = {"silence": [("dev", asked(n), "") for n in range(OF_EACH_KIND)]}
    for kind in ("dont_know", "gibberish", "off_topic", "buzzwords"):
        found[kind] = [(part, asked(n), text) for n, (part, text) in enumerate(passages(kind))]
    picked = rng.sample(range(len(strong)), OF_EACH_KIND)
    found["question repeated"] = [(strong[n].part, questions[n], _repeated(questions[n])) for n in picked]
    found["another question's good answer"] = [_misplaced(strong, n) for n in picked]
    found["keyword list"] = [(strong[n].part, questions[n], _keywords(questions[n], rng)) for n in picked]
    buzzwords = passages("buzzwords")
    found["question and buzzwords"] = [
        (strong[n].part, questions[n], f"{_repeated(questions[n])} {buzzwords[at][1]}") for at, n in enumerate(picked)
    ]
    return found


def _repeated(question_id: str) -> str:
    return f"So, {load_bank().question(question_id).text}"


def _misplaced(strong: Sequence[LabelledAnswer], number: int) -> NonAnswer:
    """To the question of the other kind that is next in the list: nobody would take it for an answer."""
    answer = strong[number]
    others = [other for other in strong if other.kind != answer.kind]
    other = others[number % len(others)]
    return answer.part, answer.question_id, other.text


def _keywords(question_id: str, rng: random.Random) -> str:
    key = load_bank().key(question_id)
    words = [keyword for point in key.expected_points for group in point.keywords for keyword in group]
    rng.shuffle(words)
    return " ".join(words)


def doubled(text: str) -> str:
    return f"{text} {text}"


def padded(text: str) -> str:
    return f"{text} {_PADDING}"


def with_fillers(text: str) -> str:
    rng = random.Random(SEED)
    return " ".join(f"{rng.choice(_FILLERS)}, {word}" if rng.random() < 0.08 else word for word in text.split())


def unpunctuated(text: str) -> str:
    return re.sub(r"[.,!?;:]+(?=\s|$)", "", text).lower()


def with_word_errors(text: str) -> str:
    """Words lost, doubled or taken for another, as recognisers do."""
    rng = random.Random(SEED)
    said: list[str] = []
    for word in text.split():
        if rng.random() >= WORD_ERRORS:
            said.append(word)
            continue
        plain = word.lower().strip(".,!?")
        if plain in _SOUNDS_ALIKE:
            said.append(_SOUNDS_ALIKE[plain])
        elif rng.random() < 0.5:
            said.append(plain[: max(2, len(plain) - 2)])
    return " ".join(said)


TRANSFORMATIONS: dict[str, Callable[[str], str]] = {
    "doubled": doubled,
    "padded": padded,
    "fillers": with_fillers,
    "no punctuation": unpunctuated,
    "8 % word errors": with_word_errors,
}
