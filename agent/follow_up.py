"""Follow-ups: code decides whether and about what; the model only finds the words, and code checks them."""

import asyncio
import re
from dataclasses import dataclass
from typing import Any

import structlog
from livekit.agents import APIConnectOptions, APIError, llm

from prompts import load_prompt
from storage.models.interview import ExpectedPoint, QuestionKey, Tone

log = structlog.get_logger()

_MOST_FOLLOW_UPS: dict[Tone, int] = {"friendly": 1, "neutral": 2, "challenging": 2}
_ENOUGH_SHARE = 0.6
"""Share of the expected points heard from which one question has given enough."""
_SHORT_ANSWER_WORDS = 12
_MOST_WORDS = 45
_FUNCTION_WORDS = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "a an and are as at be by can could did do does for from had has have how i if in is it its me more of on one "
        "or our should so some that the their them there they this to was we were what when where which who why will "
        "with would you your about any been into than then these those"
    ).split()
)
_NOT_SPOKEN = re.compile(r"[`*#<>{}\[\]|_=\\]|https?:|\b(?:as an ai|interviewer:|candidate:|assistant:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A direction, and words that can be spoken as they stand."""

    direction: str
    fallback: str


def heard_points(points: list[ExpectedPoint], answer: str) -> list[ExpectedPoint]:
    """The points of which the answer has at least half of the keyword groups. Cheap, and only used to steer."""
    spoken = f" {_plain(answer)} "
    return [
        point
        for point in points
        if point.keywords
        and sum(any(_says(spoken, word) for word in group) for group in point.keywords) * 2 >= len(point.keywords)
    ]


def next_follow_up(
    key: QuestionKey, *, answer: str, last_answer: str, asked: int, tone: Tone, time_is_up: bool
) -> FollowUp | None:
    """What to ask next about this question, None where it is time to move on.

    Args:
        answer: everything said about the question so far.
        last_answer: its newest part.
        asked: follow-ups asked before.
    """
    if time_is_up or asked >= min(_MOST_FOLLOW_UPS[tone], len(key.follow_ups)):
        return None
    points = key.expected_points
    heard = heard_points(points, answer)
    if points and len(heard) >= _ENOUGH_SHARE * len(points):
        return None
    if asked and len(last_answer.split()) < _SHORT_ANSWER_WORDS:
        return None
    direction = key.follow_ups[asked]
    return FollowUp(direction=direction, fallback=direction)


class FollowUpWording:
    """Words a follow-up with the model, within a deadline.

    Args:
        model: None means that the bank's own words are spoken.
        deadline_sec: from the question to the model until its words are complete.
    """

    def __init__(self, model: llm.LLM[Any] | None, *, deadline_sec: float) -> None:
        self._model = model
        self._deadline_sec = deadline_sec

    async def word(self, follow_up: FollowUp, *, question: str, answer: str, tone: Tone) -> str:
        """Always something that can be said: the fallback if the model fails, is slow, or talks nonsense."""
        if self._model is None:
            return follow_up.fallback
        prompt = load_prompt(
            "follow_up", question=question, direction=follow_up.direction, answer=_tail(answer), tone=tone
        )
        try:
            worded = await asyncio.wait_for(self._ask(self._model, prompt), self._deadline_sec)
        except (TimeoutError, APIError) as error:
            log.warning("follow_up_fallback", reason=type(error).__name__)
            return follow_up.fallback
        spoken = speakable(worded)
        if spoken is None or not keeps_direction(spoken, follow_up.direction):
            reason = "unspeakable" if spoken is None else "drifted"
            log.warning("follow_up_fallback", reason=reason, characters=len(worded))
            return follow_up.fallback
        return spoken

    async def _ask(self, model: llm.LLM[Any], prompt: str) -> str:
        context = llm.ChatContext.empty()
        context.add_message(role="user", content=prompt)
        text = ""
        stream = model.chat(chat_ctx=context, conn_options=APIConnectOptions(max_retry=0, timeout=self._deadline_sec))
        async with stream:
            async for chunk in stream:
                text += (chunk.delta.content or "") if chunk.delta else ""
                if "?" in text or len(text.split()) > _MOST_WORDS:
                    break
        return text


def speakable(worded: str) -> str | None:
    """The model's words cut to one question of at most two short sentences; None if they can't be spoken."""
    text = " ".join(worded.strip().strip('"').split())
    end = text.find("?")
    if end < 0:
        return None
    text = text[: end + 1]
    words = text.split()
    letters = sum(character.isalpha() or character.isspace() for character in text)
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", text) if part]
    if not 4 <= len(words) <= _MOST_WORDS or len(sentences) > 3:
        return None
    if _NOT_SPOKEN.search(text) or letters < 0.85 * len(text) or max(len(word) for word in words) > 24:
        return None
    return text


def keeps_direction(spoken: str, direction: str) -> bool:
    """Whether a wording still asks what was to be asked: half of the direction's content words are in it.

    Small models drift: most of twelve sampled follow-ups of Qwen2.5 1.5B could be spoken and asked something else.
    """
    content = {_stem(word) for word in _plain(direction).split()} - _FUNCTION_WORDS
    kept = content & {_stem(word) for word in _plain(spoken).split()}
    return not content or len(kept) * 2 >= len(content)


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|d)$", "", word) if len(word) > 4 else word


def _tail(answer: str, most_words: int = 120) -> str:
    """The last words of an answer: prefill is slow on the device, and the end is what a follow-up continues."""
    return " ".join(answer.split()[-most_words:])


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9+#]+", " ", text.lower()).split())


def _says(spoken: str, phrase: str) -> bool:
    """Whether a keyword is said, with the usual endings."""
    return bool(re.search(rf" {re.escape(_plain(phrase))}(?:s|es|d|ed|ing)? ", spoken))
