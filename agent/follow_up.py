"""Follow-ups: code decides whether and about what; the model only finds the words, and code checks them.

The prompt's fixed part comes first, the answer last: a server that keeps the work on a common beginning, as llama.cpp
does, then only has to read the answer. `prepare` lets it do that work while the interviewer is still asking.
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Any

import structlog
from livekit.agents import APIConnectOptions, APIError, llm

from prompts import load_prompt
from prompts.wording_guard import fault_of, gives_away, new_words
from storage.models.interview import ExpectedPoint, QuestionKey, Tone

log = structlog.get_logger()

_MOST_FOLLOW_UPS: dict[Tone, int] = {"friendly": 1, "neutral": 2, "challenging": 3}
_ENOUGH_SHARE: dict[Tone, float] = {"friendly": 0.45, "neutral": 0.6, "challenging": 0.8}
"""Share of the expected points heard from which one question has given enough."""
_MOST_AFTER_A_SHORT_ANSWER: dict[Tone, int] = {"friendly": 1, "neutral": 1, "challenging": 2}
"""Follow-ups altogether, where the last one got a short answer: who has no more to say isn't asked on and on."""
_MANNER: dict[Tone, str] = {
    "friendly": "inviting, it asks to hear more",
    "neutral": "matter-of-fact",
    "challenging": "pressing, it wants the reason, the figure or the proof",
}
_PRESSES = re.compile(
    r"\b(?:why|what if|what (?:could|can|might|would|did|does|do) (?:go|break|fail|happen|you lose|it cost|that cost)"
    r"|wrong|worse|worst|fails?|failed|risks?|price|costs?|drawbacks?|against|too (?:far|late|long|many|much|slow)"
    r"|how (?:can|could|did|do|would) you (?:be sure|know|make sure|notice|prove|tell)|disagreed?|differently|still"
    r"|limits?)\b",
    re.IGNORECASE,
)
"""Directions that ask for the reason, the proof or the weak spot. The others ask to hear more."""
_SHORT_ANSWER_WORDS = 12
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
_MOST_NEW_WORDS = 4
"""With a meaning, that stand neither in what is to be asked nor in what the candidate said."""
_NOT_SPOKEN = re.compile(r"[`*#<>{}\[\]|_=\\]|https?:|\b(?:as an ai|interviewer:|candidate:|assistant:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A direction, and words that can be spoken as they stand."""

    direction: str
    fallback: str
    key: QuestionKey | None = None
    """What no wording may give away."""


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
    following = likely_follow_up(key, asked=asked, tone=tone)
    if time_is_up or following is None:
        return None
    points = key.expected_points
    heard = heard_points(points, answer)
    if points and len(heard) >= _ENOUGH_SHARE[tone] * len(points):
        return None
    is_short = len(last_answer.split()) < _SHORT_ANSWER_WORDS
    return None if asked and is_short and asked >= _MOST_AFTER_A_SHORT_ANSWER[tone] else following


def likely_follow_up(key: QuestionKey, *, asked: int, tone: Tone) -> FollowUp | None:
    """The one that comes next, should the answer call for one."""
    if asked >= min(_MOST_FOLLOW_UPS[tone], len(key.follow_ups)):
        return None
    direction = _directions(key, tone)[asked]
    return FollowUp(direction=direction, fallback=direction, key=key)


def _directions(key: QuestionKey, tone: Tone) -> list[str]:
    """In the order in which this tone asks them, which a resumed interview finds again."""
    match tone:
        case "friendly":
            return sorted(key.follow_ups, key=presses)
        case "neutral":
            return key.follow_ups
        case "challenging":
            return sorted(key.follow_ups, key=presses, reverse=True)


def presses(direction: str) -> bool:
    return _PRESSES.search(direction) is not None


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


class FollowUpWording:
    """Words a follow-up with the model, within a deadline.

    Args:
        model: None means that the bank's own words are spoken.
        deadline_sec: from the question to the model until its words are complete.
        prepares: whether the model reads the fixed part of a prompt beforehand. Worth it on this machine, a waste of
            money elsewhere.
    """

    def __init__(self, model: llm.LLM[Any] | None, *, deadline_sec: float, prepares: bool = False) -> None:
        self._model = model
        self._deadline_sec = deadline_sec
        self._prepares = prepares
        self._preparing: asyncio.Task[None] | None = None

    def prepare(self, follow_up: FollowUp, *, question: str, tone: Tone) -> None:
        """A follow-up that may be worded soon. Returns at once."""
        if self._model is None or not self._prepares:
            return
        prompt = _prompt(follow_up, question=question, answer="", tone=tone)
        beginning = prompt[: prompt.index("<answer>")]
        self._stop_preparing()
        self._preparing = asyncio.create_task(self._read(self._model, beginning))

    async def word(self, follow_up: FollowUp, *, question: str, answer: str, tone: Tone) -> str:
        """Always something that can be said: the fallback if the model fails, is slow, or talks nonsense."""
        prompt = _prompt(follow_up, question=question, answer=_tail(answer), tone=tone)
        wanted = _Wanted(follow_up.direction, follow_up.fallback, given=question, said=answer, key=follow_up.key)
        return await self._worded(prompt, wanted, deadline_sec=self._deadline_sec)

    async def rephrase(self, question: str, *, tone: Tone, key: QuestionKey | None = None) -> str:
        """The question in fewer and simpler words; as it is if the model fails.

        Args:
            key: what no wording may give away.
        """
        prompt = load_prompt("rephrase", question=question, tone=tone)
        wanted = _Wanted(question, question, kept_share=_REPHRASED_SHARE, key=key)
        spoken = await self._worded(prompt, wanted, deadline_sec=_REPHRASE_DEADLINE_SEC)
        return spoken if len(spoken.split()) < len(question.split()) else question

    async def _worded(self, prompt: str, wanted: "_Wanted", *, deadline_sec: float) -> str:
        if self._model is None:
            return wanted.fallback
        self._stop_preparing()
        try:
            worded = await asyncio.wait_for(self._ask(self._model, prompt, deadline_sec), deadline_sec)
        except (TimeoutError, APIError) as error:
            log.warning("wording_fallback", reason=type(error).__name__)
            return wanted.fallback
        spoken = speakable(worded)
        reason = "unspeakable" if spoken is None else wanted.fault_of(spoken)
        if spoken is None or reason is not None:
            log.warning("wording_fallback", reason=reason, characters=len(worded))
            return wanted.fallback
        return spoken

    def _stop_preparing(self) -> None:
        if self._preparing is not None:
            self._preparing.cancel()
            self._preparing = None

    async def _read(self, model: llm.LLM[Any], beginning: str) -> None:
        stream = model.chat(
            chat_ctx=_asking(beginning),
            conn_options=APIConnectOptions(max_retry=0),
            extra_kwargs={"max_tokens": 1},
        )
        try:
            async with stream:
                async for _ in stream:
                    pass
        except APIError as error:
            log.warning("prompt_not_prepared", reason=type(error).__name__)

    async def _ask(self, model: llm.LLM[Any], prompt: str, deadline_sec: float) -> str:
        text = ""
        stream = model.chat(chat_ctx=_asking(prompt), conn_options=APIConnectOptions(max_retry=0, timeout=deadline_sec))
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


def _asking(prompt: str) -> llm.ChatContext:
    context = llm.ChatContext.empty()
    context.add_message(role="user", content=prompt)
    return context


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
    content = {_stem(word) for word in _plain(direction).split()} - _FUNCTION_WORDS
    kept = content & {_stem(word) for word in _plain(spoken).split()}
    return not content or len(kept) >= share * len(content)


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|d)$", "", word) if len(word) > 4 else word


def _tail(answer: str, most_words: int = 60) -> str:
    """The last words of an answer: prefill is slow on the device, and the end is what a follow-up continues."""
    return " ".join(answer.split()[-most_words:])


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9+#]+", " ", text.lower()).split())


def _says(spoken: str, phrase: str) -> bool:
    """Whether a keyword is said, with the usual endings."""
    return bool(re.search(rf" {re.escape(_plain(phrase))}(?:s|es|d|ed|ing)? ", spoken))
