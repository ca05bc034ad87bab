"""Words for a follow-up or a simpler question: a model finds them, code checks them, and the bank's own stand in.

The prompt's fixed part comes first, the answer last. On this machine the model reads it while the interviewer is still
asking, and what the candidate says while they speak (`prepare`).
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from livekit.agents import APIConnectOptions, APIError, APITimeoutError, llm

from agent.follow_up import FollowUp, plain_words
from agent.model_pace import ModelPace
from agent.read_ahead import ReadAhead, asking
from prompts import load_prompt
from prompts.wording_guard import fault_of, gives_away, new_words
from storage.models.interview import QuestionKey, Tone

log = structlog.get_logger()

_MANNER: dict[Tone, str] = {
    "friendly": "inviting, it asks to hear more",
    "neutral": "matter-of-fact",
    "challenging": "pressing, it wants the reason, the figure or the proof",
}
_MOST_WORDS = 45
_FUNCTION_WORDS = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "a an and are as at be by can could did do does for from had has have how i if in is it its me more of on one "
        "or our should so some that the their them there they this to was we were what when where which who why will "
        "with would you your about any been into than then these those"
    ).split()
)
_KEPT_SHARE = 0.5
"""Of the content words of what is to be asked, in what is said."""
_REPHRASED_SHARE = 0.35
"""The same for a question that becomes shorter."""
_REPHRASE_DEADLINE_SEC = 3.0
"""The words that are heard before a rephrased question last about as long."""
_LEAST_ANSWER_WORDS, _ANSWER_STEP_WORDS = 60, 30
"""Of a long answer the model reads the last 60 to 90 words."""
_MOST_NEW_WORDS = 4
"""With a meaning, that stand neither in what is to be asked nor in what the candidate said."""
_NOT_SPOKEN = re.compile(r"[`*#<>{}\[\]|_=\\]|https?:|\b(?:as an ai|interviewer:|candidate:|assistant:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a model is to word, and what its words are checked against."""

    asks: str
    fallback: str
    given: str = ""
    said: str = ""
    """By the candidate."""
    kept_share: float = _KEPT_SHARE
    key: QuestionKey | None = None

    def fault_of(self, spoken: str) -> str | None:
        """Why it can't be said; None where it can."""
        if not keeps_direction(spoken, self.asks, self.kept_share):
            return "drifted"
        # What the candidate said excuses no promise and no praise: they may have dictated it.
        asked = f"{self.given} {self.asks}"
        if (fault := fault_of(spoken, known=asked)) is not None:
            return fault
        known = f"{asked} {self.said}"
        if self.key is not None and gives_away(spoken, known=known, key=self.key):
            return "gives_away"
        return "adds" if new_words(spoken, known=known) > _MOST_NEW_WORDS else None


class Wording:
    """With the model, within a deadline.

    Args:
        model: None means that the bank's own words are spoken.
        deadline_sec: from the question to the model until its words are complete.
        prepares: whether the model reads the fixed part of a prompt beforehand. Worth it on this machine, a waste of
            money elsewhere.
        clock: seconds.
    """

    def __init__(
        self,
        model: llm.LLM[Any] | None,
        *,
        deadline_sec: float,
        prepares: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._deadline_sec = deadline_sec
        self._pace = ModelPace()
        self._ahead = ReadAhead(model, self._pace, clock=clock) if model is not None and prepares else None

    def prepare(self, follow_up: FollowUp, *, question: str, answer: str = "", tone: Tone) -> None:
        """A follow-up that may be worded soon. Returns at once.

        Args:
            answer: what was said so far; more may come.
        """
        if self._ahead is None or self._pace.is_resting:
            return
        if answer and self._pace.would_miss(0, deadline_sec=self._deadline_sec):
            return
        prompt = _prompt(follow_up, question=question, answer=_newest_words(answer), tone=tone)
        self._ahead.read(prompt[: prompt.rindex("\n</answer>")])

    async def word(self, follow_up: FollowUp, *, question: str, answer: str, tone: Tone) -> str:
        """Always something that can be said: the fallback if the model fails, is slow, or talks nonsense.

        A model that was too slow, or is going to be, isn't waited for (`ModelPace`).
        """
        if self._pace.rests_now():
            return follow_up.fallback
        prompt = _prompt(follow_up, question=question, answer=_newest_words(answer), tone=tone)
        unread = len(prompt) if self._ahead is None else self._ahead.unread(prompt)
        if self._pace.would_miss(unread, deadline_sec=self._deadline_sec):
            log.info("wording_not_waited_for", characters=unread)
            self._pace.missed()
            return follow_up.fallback
        wanted = _Wanted(follow_up.direction, follow_up.fallback, given=question, said=answer, key=follow_up.key)
        return await self._worded(prompt, wanted, deadline_sec=self._deadline_sec, pace=self._pace)

    async def rephrase(self, question: str, *, tone: Tone, key: QuestionKey | None = None) -> str:
        """The question in fewer and simpler words; as it is if the model fails.

        Args:
            key: what no wording may give away.
        """
        prompt = load_prompt("rephrase", question=question, tone=tone)
        wanted = _Wanted(question, question, kept_share=_REPHRASED_SHARE, key=key)
        spoken = await self._worded(prompt, wanted, deadline_sec=_REPHRASE_DEADLINE_SEC)
        return spoken if len(spoken.split()) < len(question.split()) else question

    async def _worded(self, prompt: str, wanted: _Wanted, *, deadline_sec: float, pace: ModelPace | None = None) -> str:
        if self._model is None:
            return wanted.fallback
        if self._ahead is not None:
            self._ahead.stop()
        try:
            worded = await asyncio.wait_for(self._ask(self._model, prompt, deadline_sec), deadline_sec)
        except (TimeoutError, APIError) as error:
            log.warning("wording_fallback", reason=type(error).__name__)
            if pace is not None and isinstance(error, TimeoutError | APITimeoutError):
                pace.missed()
            return wanted.fallback
        if pace is not None:
            pace.kept()
        if self._ahead is not None:
            self._ahead.answered(prompt)
        spoken = speakable(worded)
        reason = "unspeakable" if spoken is None else wanted.fault_of(spoken)
        if spoken is None or reason is not None:
            log.warning("wording_fallback", reason=reason, characters=len(worded))
            return wanted.fallback
        return spoken

    async def _ask(self, model: llm.LLM[Any], prompt: str, deadline_sec: float) -> str:
        text = ""
        stream = model.chat(chat_ctx=asking(prompt), conn_options=APIConnectOptions(max_retry=0, timeout=deadline_sec))
        async with stream:
            async for chunk in stream:
                text += (chunk.delta.content or "") if chunk.delta else ""
                if "?" in text or len(text.split()) > _MOST_WORDS:
                    break
        return text


def _prompt(follow_up: FollowUp, *, question: str, answer: str, tone: Tone) -> str:
    return load_prompt(
        "follow_up",
        question=question,
        direction=follow_up.direction,
        answer=answer,
        tone=tone,
        manner=_MANNER[tone],
    )


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


def keeps_direction(spoken: str, direction: str, share: float = _KEPT_SHARE) -> bool:
    """Whether a wording still asks what was to be asked: this share of the direction's content words is in it.

    Small models drift: most of twelve sampled follow-ups of Qwen2.5 1.5B could be spoken and asked something else.
    """
    content = {_stem(word) for word in plain_words(direction).split()} - _FUNCTION_WORDS
    kept = content & {_stem(word) for word in plain_words(spoken).split()}
    return not content or len(kept) >= share * len(content)


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|d)$", "", word) if len(word) > 4 else word


def _newest_words(answer: str) -> str:
    """The end of an answer is what a follow-up continues, and reading takes long on the device.

    Where it begins moves seldom, so that what was read of an answer that grows stays its beginning.
    """
    words = answer.split()
    left_out = max(0, len(words) - _LEAST_ANSWER_WORDS) // _ANSWER_STEP_WORDS * _ANSWER_STEP_WORDS
    return " ".join(words[left_out:])
