"""Nothing comes after a question: helps along step by step, and moves on kindly.

The question in fewer words, then a hint or the next question for the asking, then the next question.
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Literal

from agent.conversation import Topic
from agent.tasks.context import InterviewContext
from agent.tasks.hints import has_hint
from storage.models.interview import PlannedQuestion, QuestionKey
from storage.models.transcript import Intent

_MOST_WORDS = 10
"""A longer reply to an offer is an answer to the question."""
_WANTS_HINT = re.compile(r"\b(?:hint|clue|help|first one)\b", re.IGNORECASE)
_WANTS_NEXT = re.compile(
    r"\b(?:(?:go|move|carry|continue|let'?s go) (?:on|ahead)|next|skip|pass|leave (?:it|this|that)|another|"
    r"second one|latter)\b",
    re.IGNORECASE,
)
_AGREES = re.compile(r"\b(?:yes|yeah|yep|yup|sure|ok|okay|please|alright|all right|of course|why not)\b", re.IGNORECASE)
_DECLINES = re.compile(
    r"^(?:oh |um |well )*(?:no|nope|not yet|neither|i'?m (?:fine|good|okay|thinking)|stay)\b", re.IGNORECASE
)


def read_reply(reply: str, *, hint_offered: bool) -> Intent | None:
    """What a reply to the offer asks for. None: it is about something else, such as an answer after all."""
    plain = re.sub(r"[^a-z' ]+", " ", reply.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).strip()
    if not plain or len(plain.split()) > _MOST_WORDS:
        return None
    declines = bool(_DECLINES.search(plain))
    if _WANTS_HINT.search(plain) and not declines:
        return "hint"
    if _WANTS_NEXT.search(plain):
        return "skip"
    if declines:
        return "hold"
    if _AGREES.search(plain):
        return "hint" if hint_offered else "skip"
    return None


@dataclass(slots=True)
class Silence:
    """The silences after one question, or after one of its follow-ups."""

    context: InterviewContext
    question: PlannedQuestion
    key: QuestionKey
    steps: int = 0
    """Taken since the candidate was last heard."""
    offered: Literal["hint", "next"] | None = None
    """What the candidate was offered and hasn't replied to."""

    @property
    def wait_sec(self) -> float:
        patience = self.context.patience
        return (patience.rephrase_after_sec, patience.offer_after_sec, patience.move_on_after_sec)[self.steps]

    def broken(self) -> None:
        """The candidate was heard."""
        self.steps = 0
        self.offered = None

    def read_reply(self, text: str) -> Intent | None:
        """What a turn asks for, where something was offered."""
        return read_reply(text, hint_offered=self.offered == "hint") if self.offered else None

    async def go_on(self, *, asked: str, answered: bool) -> bool:
        """The next step. False: there is none left.

        Args:
            asked: what was asked last.
            answered: the question itself has an answer, and this is a follow-up: nobody offers a hint for that.
        """
        self.steps += 1
        if self.steps == 1:
            await self._ask_more_simply(asked)
            return True
        if self.steps == 2 and not answered:
            self.offered = "hint" if has_hint(self.context, self.key) else "next"
            line = self.context.line("silence_offer" if self.offered == "hint" else "silence_offer_no_hint")
            await self.context.say(line, act="nudge", situation="silence", topic=self._topic)
            return True
        return False

    @property
    def _topic(self) -> Topic:
        return Topic(self.question.question_id, self.question.index)

    async def _ask_more_simply(self, asked: str) -> None:
        """An encouraging line is heard at once, and the model finds simpler words meanwhile."""
        context = self.context
        tone = context.parameters.tone
        is_question = asked == self.question.text
        simpler = context.wording.rephrase(asked, tone=tone, key=self.key) if is_question else _as_is(asked)
        words = asyncio.create_task(simpler)
        try:
            await context.conversation.say(
                context.line("silence_nudge"),
                act="rephrase",
                style=context.delivery.style_for("silence"),
                topic=self._topic,
                then=words,
            )
        finally:
            words.cancel()


async def _as_is(words: str) -> str:
    return words
