"""One question: asks it, helps along, follows up, and knows when it is answered."""

from dataclasses import dataclass
from typing import Literal

from agent.conversation import Act, Heard, Topic
from agent.delivery.choice import Situation
from agent.holds import ends_asking_for_time
from agent.listening.turns import CandidateTurn
from agent.tasks.acknowledging import says_points
from agent.tasks.asides import asks_if_heard, is_aside, says_is_back
from agent.tasks.context import InterviewContext
from agent.tasks.following_up import follow_up, prepare_follow_up
from agent.tasks.hints import give_hint
from agent.tasks.silence import Silence
from agent.tasks.stopping import really_stop
from agent.tasks.thinking_time import ThinkingTime
from agent.tasks.yielding import say_after_them
from storage.models.interview import PlannedQuestion, QuestionKey
from storage.models.transcript import Intent

_MOST_UNHEARD = 2
"""Times in a row that "I didn't catch that" is said, before moving on."""

Outcome = Literal["answered", "skipped", "declined", "silent", "unheard", "stopped"]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    outcome: Outcome
    answer: str
    """All that was said as an answer, follow-ups included."""
    left_by: Outcome
    """How it ended: somebody who had answered may still have skipped a follow-up."""
    points_said: bool = False
    """Its last answer had something of what was asked for."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a question begins.

    Attributes:
        words: the question with what leads over to it, in one breath.
        previous: what the words of a candidate who hadn't finished are about.
        earlier_answer: what an earlier job heard of this question's answer. With it, `words` only says that the
            interviewer is back, and the question is not asked again.
        goes_on: that answer was cut off: what is said next belongs to it.
    """

    words: str
    previous: Topic
    earlier_answer: str = ""
    goes_on: bool = False


async def ask(
    context: InterviewContext, question: PlannedQuestion, key: QuestionKey, opening: Opening
) -> QuestionResult:
    """Runs one question to its end."""
    return await _Question(context, question, key).run(opening)


class _Question:
    """The course of one question."""

    def __init__(self, context: InterviewContext, question: PlannedQuestion, key: QuestionKey) -> None:
        self.context = context
        self.question = question
        self.key = key
        self.topic = Topic(question.question_id, question.index)
        self.answers: list[str] = []
        self.goes_on = False
        """The last answer isn't over: what is said next belongs to it."""
        self.cut_off = False
        """The candidate left in the middle of the last answer: it counts once they have said more."""
        self.just_back = False
        """They were welcomed back, and have said nothing since."""
        self.asking = question.text
        """What was asked last: the question, or a follow-up."""
        self.unheard = 0
        self.silence = Silence(context, question, key)
        self.thinking = ThinkingTime(context, self.topic)

    async def run(self, opening: Opening) -> QuestionResult:
        self.context.progress.enter_question(self.question.index)
        prepare_follow_up(self.context, self.question, self.key)
        if opening.earlier_answer:
            self.answers.append(opening.earlier_answer)
            # who says nothing more had finished
            self.goes_on = opening.goes_on
            self.just_back = True
            await self._say(opening.words, "transition", "welcome_back")
            if not opening.goes_on and (result := await self._answered(acknowledging=False)) is not None:
                return result
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
            style=self.context.delivery.style_for("question"),
            topic=self.topic,
            previous=opening.previous,
            again=self.question.text,
        )
        return not (rest and rest[-1].intent == "stop" and await really_stop(self.context, self.topic))

    async def _round(self) -> QuestionResult | None:
        """Listens once and reacts. None: the question goes on."""
        context, left_sec = self.context, self.thinking.left_sec
        heard = await context.listen(
            topic=self.topic,
            silence_sec=self.silence.wait_sec if left_sec is None else left_sec,
            reads=self._reads,
            meanwhile=self._prepare_for,
        )
        if heard.silent:
            return await self._after_silence()
        self.silence.broken()
        self.unheard = self.unheard + 1 if heard.unclear else 0
        if heard.intent == "hold" and heard.turn is not None:
            await self.thinking.give(heard.turn, aloud=True)
            return None
        self.thinking.over()
        if heard.intent == "stop":
            return self._result("stopped") if await really_stop(context, self.topic) else None
        if heard.intent in ("skip", "dont_know"):
            if heard.intent == "skip" or not self.answers:
                context.progress.declined(self.question.question_id)
            return self._result("skipped" if heard.intent == "skip" else "declined")
        if heard.unclear:
            return await self._after_unclear()
        if heard.returned:
            await self._welcome_back(heard.cut_off)
            return None
        if heard.intent in ("repeat", "hint"):
            await self._help(heard)
            return None
        return await self._after_answer(heard)

    def _reads(self, turn: CandidateTurn) -> Intent | None:
        """What a turn means after what was just said."""
        just_back, self.just_back = self.just_back, False
        if asks_if_heard(turn.text):
            return "repeat"
        if just_back and says_is_back(turn.text):
            return "other"
        reply = self.silence.read_reply(turn.text)
        if reply is None and is_aside(turn, asked=self.asking, asked_until=self.context.conversation.said_until):
            return "other"
        return reply

    def _prepare_for(self, turn: CandidateTurn) -> None:
        """While it is still being said."""
        answer = self._with_what_goes_on(turn.text)
        prepare_follow_up(self.context, self.question, self.key, answer=answer)

    def _with_what_goes_on(self, said: str) -> str:
        """Together with the part before it, where that was no whole answer."""
        return f"{self.answers[-1]} {said}" if self.goes_on and self.answers else said

    async def _after_answer(self, heard: Heard) -> QuestionResult | None:
        self._add(heard.text)
        self.cut_off = False
        self.goes_on = heard.turn is not None and ends_asking_for_time(heard.text)
        if heard.turn is not None and self.goes_on:
            await self.thinking.give(heard.turn, aloud=False)
            return None
        return await self._answered()

    def _add(self, said: str) -> None:
        """To the answers, or to the last of them."""
        answer = self._with_what_goes_on(said)
        if self.goes_on and self.answers:
            self.answers.pop()
        self.answers.append(answer)

    async def _welcome_back(self, cut_off: str) -> None:
        """Asks again; what is said next goes on with what was cut off."""
        if cut_off:
            self._add(cut_off)
            self.goes_on = self.cut_off = True
        self.just_back = True
        await self._say(self.context.welcome_back(self.asking), "repeat", "welcome_back")

    async def _answered(self, *, acknowledging: bool = True) -> QuestionResult | None:
        """Follows up, where that is worth it."""
        self.goes_on = False
        followed_up = await follow_up(self.context, self.question, self.key, self.answers, acknowledging=acknowledging)
        if followed_up is None:
            return self._result("answered")
        self.goes_on = followed_up.goes_on
        if followed_up.asked:
            self.asking = followed_up.asked
            prepare_follow_up(self.context, self.question, self.key)
        return None

    async def _help(self, heard: Heard) -> None:
        context = self.context
        if heard.intent == "hint":
            await give_hint(context, self.key, self.topic)
        elif asks_if_heard(heard.text):
            await self._say(f"{context.line('i_hear_you')} {self.asking}", "repeat", "welcome_back")
        else:
            context.progress.repeated(self.question.question_id)
            await self._say(context.line("repeat_question", question=self.asking), "repeat", "repeat")

    async def _after_silence(self) -> QuestionResult | None:
        self.thinking.over()
        if self.goes_on and not self.cut_off:
            return await self._answered(acknowledging=False)
        helped = await self.silence.go_on(asked=self.asking, answered=len(self.answers) > self.cut_off)
        return None if helped else self._result("silent")

    async def _after_unclear(self) -> QuestionResult | None:
        if self.unheard > _MOST_UNHEARD:
            return self._result("unheard")
        line = "not_heard" if self.unheard == 1 else "not_heard_again"
        await self._say(self.context.line(line), "nudge", "not_heard")
        return None

    async def _say(self, text: str, act: Act, situation: Situation) -> None:
        await self.context.say(text, act=act, situation=situation, topic=self.topic)

    def _result(self, outcome: Outcome) -> QuestionResult:
        answered = self.answers and outcome in ("skipped", "declined", "silent", "unheard")
        return QuestionResult(
            "answered" if answered else outcome,
            " ".join(self.answers),
            left_by=outcome,
            points_said=bool(self.answers) and says_points(self.key, self.answers[-1]),
        )
