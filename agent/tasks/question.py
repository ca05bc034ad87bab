"""One question: asks it, helps along, follows up, and knows when it is answered."""

from dataclasses import dataclass, field
from typing import Literal

from agent.conversation import Act, Heard, Topic
from agent.delivery.styles import DeliveryStyle, Manner
from agent.follow_up import next_follow_up
from agent.tasks.context import InterviewContext
from agent.tasks.stopping import really_stop
from agent.tasks.yielding import begun_too_early, say_after_them
from storage.models.interview import PlannedQuestion, QuestionKey

_MOST_UNHEARD = 2
"""Times in a row that "I didn't catch that" is said, before moving on."""

Outcome = Literal["answered", "skipped", "declined", "silent", "unheard", "stopped"]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    outcome: Outcome
    answer: str
    """All that was said as an answer, follow-ups included."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a question begins.

    Attributes:
        words: the question with what leads over to it, in one breath.
        previous: what the words of a candidate who hadn't finished are about.
        earlier_answer: what an earlier job heard of this question's answer. With it, `words` only says that the
            interviewer is back, and the question is not asked again.
    """

    words: str
    previous: Topic
    earlier_answer: str = ""


async def ask(
    context: InterviewContext, question: PlannedQuestion, key: QuestionKey, opening: Opening
) -> QuestionResult:
    """Runs one question to its end."""
    return await _Question(context, question, key).run(opening)


@dataclass(slots=True)
class _Question:
    """The course of one question."""

    context: InterviewContext
    question: PlannedQuestion
    key: QuestionKey
    answers: list[str] = field(default_factory=list[str])
    asking: str = ""
    """What was asked last: the question, or a follow-up."""
    unheard: int = 0
    silences: int = 0

    @property
    def topic(self) -> Topic:
        return Topic(self.question.question_id, self.question.index)

    async def run(self, opening: Opening) -> QuestionResult:
        self.context.progress.enter_question(self.question.index)
        self.asking = self.question.text
        if opening.earlier_answer:
            self.answers.append(opening.earlier_answer)
            await self._say(opening.words, "transition", "warm")
            if not await self._follow_up():
                return self._result("answered")
        elif not await self._open(opening):
            return self._result("stopped")
        while True:
            result = await self._round()
            if result is not None:
                return result

    async def _open(self, opening: Opening) -> bool:
        """Asks. Where the candidate was still speaking, lets them finish their last answer first. False: stopped."""
        rest = await say_after_them(
            self.context,
            opening.words,
            act="question",
            style=DeliveryStyle("firm" if self.context.parameters.tone == "challenging" else "neutral", 0.7),
            topic=self.topic,
            previous=opening.previous,
            again=self.question.text,
        )
        return not (rest and rest[-1].intent == "stop" and await really_stop(self.context, self.topic))

    async def _round(self) -> QuestionResult | None:
        """Listens once and reacts. None: the question goes on."""
        context = self.context
        patience = context.patience
        heard = await context.listen(
            topic=self.topic,
            silence_sec=patience.rephrase_after_sec if self.silences == 0 else patience.move_on_after_sec,
        )
        self.unheard = self.unheard + 1 if heard.unclear else 0
        if heard.intent == "stop":
            return self._result("stopped") if await really_stop(context, self.topic) else None
        if heard.intent == "skip" or (heard.intent == "dont_know" and not self.answers):
            context.progress.declined(self.question.question_id)
            return self._result("skipped" if heard.intent == "skip" else "declined")
        if heard.intent == "dont_know":
            return self._result("answered")
        if heard.silent:
            return await self._after_silence()
        if heard.unclear:
            return await self._after_unclear()
        if heard.returned or heard.intent in ("repeat", "hint", "hold"):
            await self._help(heard)
            return None
        self.answers.append(heard.text)
        self.silences = 0
        return None if await self._follow_up() else self._result("answered")

    async def _help(self, heard: Heard) -> None:
        context, question_id = self.context, self.question.question_id
        if heard.returned:
            await self._say(f"{context.line('resume_after_reconnect')} {self.asking}", "repeat", "warm")
        elif heard.intent == "hold":
            await self._say(context.line("thinking_time"), "nudge", "calm")
        elif heard.intent == "hint":
            first = question_id not in context.progress.position.hints
            context.progress.gave_hint(question_id)
            use_hint = bool(self.key.hint) and first
            text = context.line("hint", hint=self.key.hint) if use_hint else context.line("no_more_hints")
            await self._say(text, "hint", "encouraging")
        else:
            context.progress.repeated(question_id)
            await self._say(context.line("repeat_question", question=self.asking), "repeat", "calm")

    async def _after_silence(self) -> QuestionResult | None:
        self.silences += 1
        if self.silences >= 2:
            return self._result("silent")
        await self._say(self.context.line("silence_nudge", question=self.asking), "rephrase", "encouraging")
        return None

    async def _after_unclear(self) -> QuestionResult | None:
        if self.unheard > _MOST_UNHEARD:
            return self._result("unheard")
        line = "not_heard" if self.unheard == 1 else "not_heard_again"
        await self._say(self.context.line(line), "nudge", "calm")
        return None

    async def _follow_up(self) -> bool:
        """Asks the next follow-up, if code finds one worth asking. False: the question is done."""
        context = self.context
        found = next_follow_up(
            self.key,
            answer=" ".join(self.answers),
            last_answer=self.answers[-1],
            asked=context.progress.position.follow_ups_asked,
            tone=context.parameters.tone,
            time_is_up=context.time_is_up,
        )
        if found is None:
            return False
        text = await context.wording.word(
            found, question=self.question.text, answer=self.answers[-1], tone=context.parameters.tone
        )
        style = DeliveryStyle("curious")
        spoken = await context.conversation.say(text, act="follow_up", style=style, topic=self.topic)
        if not begun_too_early(spoken):
            self.asking = text
            context.progress.asked_follow_up()
        return True

    async def _say(self, text: str, act: Act, manner: Manner) -> None:
        await self.context.say(text, act=act, manner=manner, topic=self.topic)

    def _result(self, outcome: Outcome) -> QuestionResult:
        answered = self.answers and outcome in ("skipped", "declined", "silent", "unheard")
        return QuestionResult("answered" if answered else outcome, " ".join(self.answers))
