"""What a short encoder window does to Whisper's text, and what is done about it. Pure.

With less than its 30 s of audio Whisper tends to say the utterance again once it has ended ("Yes. Yes. Yes."), and on
noise it invents. The cut works on whitespace-delimited words and says how many to keep, so that the words' times and
confidences stay consistent with the text.
"""

import re
import zlib
from collections.abc import Callable, Sequence

_LONGEST_LOOPED_PHRASE_WORDS = 6
_SENTENCE_END = ".?!"
_CLAUSE_END = ".?!,"
_LOOPED_ENDING = re.compile(r"([.\-]\w{1,6}?)\1{2,}(?=\W*$)")


def repeat_cut(words: Sequence[str], *, ran_out: bool = False) -> int:
    """How many leading words to keep so that an utterance which starts over is cut where it does.

    Args:
        words: The transcript's words with their punctuation.
        ran_out: Whether the model was stopped before it found an end, which it doesn't when it goes in circles. Then
            a phrase said twice at the end is taken for a circle; else people may say things twice.

    Returns:
        The number of words to keep: all of them when nothing repeats.
    """
    keys = [word_key(word) for word in words]
    phrase = _looped_phrase(keys)
    if phrase is not None:
        return phrase
    return _without_circles(keys[: _restart(words, keys)], ran_out=ran_out)


def _without_circles(keys: Sequence[str], *, ran_out: bool) -> int:
    """Length without the repetitions of the phrase at the end, the last of them maybe cut off."""
    count = len(keys)
    for length in range(1, min(_LONGEST_LOOPED_PHRASE_WORDS, count // 2) + 1):
        same = 0
        while same + length < count and keys[count - 1 - same] == keys[count - 1 - same - length]:
            same += 1
        needed = length if ran_out else (3 * length if length == 1 else 2 * length)
        if same >= needed:
            return count - same
    return count


def _looped_phrase(keys: Sequence[str]) -> int | None:
    """Length of the short phrase that the whole transcript says over and over, the last time maybe cut off."""
    count = len(keys)
    for length in range(1, min(_LONGEST_LOOPED_PHRASE_WORDS, count // 2) + 1):
        last = count - 1
        if all(
            key == keys[index % length] or (index == last and keys[index % length].startswith(key))
            for index, key in enumerate(keys)
        ):
            return length
    return None


def _restart(words: Sequence[str], keys: Sequence[str]) -> int:
    """Where the transcript, after a punctuation mark, begins to say what it has said before."""
    count = len(words)
    for restart in range(4, count - 2):
        before = words[restart - 1][-1:]
        if before not in _CLAUSE_END:
            continue
        for origin in range(restart - 3):
            same = _common_length(keys, origin, restart)
            reaches_end = restart + same >= count
            origin_opens_clause = origin == 0 or words[origin - 1][-1:] in _CLAUSE_END
            whole_again = reaches_end or origin + same >= restart or same >= 6
            if same >= 4 and whole_again and (origin_opens_clause or reaches_end):
                return restart
            if reaches_end and same >= 3 and before in _SENTENCE_END:
                return restart
    return count


def _common_length(keys: Sequence[str], origin: int, restart: int) -> int:
    length = 0
    while (
        restart + length < len(keys) and origin + length < restart and keys[restart + length] == keys[origin + length]
    ):
        length += 1
    return length


def word_key(word: str) -> str:
    """What two ways of writing one word have in common: no marks, no capitals."""
    return re.sub(r"[^a-z0-9']", "", word.lower())


def tidy_word(word: str) -> str:
    """A word whose run of dots is at most three long; three stay, since they tell that the speaker trailed off.

    An ending that goes in circles ("Mixed.js.js.js.js", "Mixed-a-a-a-a") is none.
    """
    return re.sub(r"\.{2,}", "...", _LOOPED_ENDING.sub("", word))


def says_nothing(text: str, mean_log_probability: float, no_speech_probability: float) -> bool:
    """Whether the text is more likely an invention of the model than speech.

    The thresholds blanked every noise tried (silence, room tone, white, pink, hum, clicks) and none of 180 recorded
    sentences.
    """
    if not re.search(r"[A-Za-z0-9]", text):
        return True
    data = text.encode()
    return (
        (no_speech_probability > 0.6 and mean_log_probability < -0.6)
        or mean_log_probability < -1.2
        or len(data) / len(zlib.compress(data)) > 2.4
    )


def vocabulary_prompt(
    terms: Sequence[str], count_tokens: Callable[[str], int], max_tokens: int = 100, *, in_sentences: bool = False
) -> str:
    """The prompt that makes Whisper expect these terms: as many as fit, in their order, each once.

    Whisper goes on in the manner of its prompt. After a list it ended 13 of 52 short answers with a comma, which says
    that more is coming; after sentences none.

    Args:
        terms: Technical words and names, the most important first.
        count_tokens: Length of a text in the model's tokens.
        max_tokens: Longer prompts cost decoding time and crowd the earlier terms out.
        in_sentences: Each term is one.
    """
    separator = ". " if in_sentences else ", "
    prompt, seen = "", set[str]()
    for term in (" ".join(term.split()) for term in terms):
        if not term or term.lower() in seen:
            continue
        seen.add(term.lower())
        shown = f"{term[:1].upper()}{term[1:]}" if in_sentences else term
        longer = f"{prompt[:-1]}{separator}{shown}." if prompt else f"Glossary: {shown}."
        if count_tokens(longer) > max_tokens:
            break
        prompt = longer
    return prompt
