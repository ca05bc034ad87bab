"""The interview: introduction, every question of the plan in order, closing."""

from agent.conversation import Topic
from agent.tasks.acknowledging import acknowledge_at_times
from agent.tasks.closing import close
from agent.tasks.context import InterviewContext
from agent.tasks.introduction import introduce
from agent.tasks.question import Opening, Outcome, QuestionResult, ask
from prompts.lines import LineName
from storage.models.attempt import EndReason
from storage.models.interview import PlannedQuestion, QuestionKey
from storage.models.transcript import Turn

_AFTER: dict[Outcome, LineName] = {
    # "answered" gets an acknowledgement
    "skipped": "skip_question",
    "declined": "declined_question",
    "silent": "silence_move_on",
    "unheard": "not_heard_move_on",
}


class Interviewer:
    """Runs a plan from where it stands to its end. As many questions are asked as were planned."""

    def __init__(
        self,
        context: InterviewContext,
        questions: list[PlannedQuestion],
        keys: list[QuestionKey],
        *,
        resumed: bool = False,
        earlier_turns: list[Turn] | None = None,
    ) -> None:
        self._context = context
        self._questions = questions
        self._keys = {key.question_id: key for key in keys}
        self._resumed = resumed
        self._earlier_turns = earlier_turns or []
        self._topic = Topic()

    async def run(self) -> EndReason:
        """Returns why the interview ended.

        Raises:
            ConversationOverError: it was ended from outside; the caller knows why.
        """
        try:
            return await self._run()
        finally:
            await self._context.conversation.write_down_rest(self._topic)

    async def _run(self) -> EndReason:
        context, position = self._context, self._context.progress.position
        if position.phase in ("waiting", "introduction"):
            if (await introduce(context, greeting=self._greeting())).outcome == "stopped":
                return await self._stop()
            self._resumed = False
            remaining = self._questions
        else:
            remaining = self._remaining()
        last: QuestionResult | None = None
        for question in remaining:
            if context.time_is_up and last is not None:
                await close(context, context.line("time_is_up", name=context.candidate_name), previous=self._topic)
                return "time_limit"
            last = await self._ask(question, last)
            if last.outcome == "stopped":
                return await self._stop()
        await close(context, context.closing, previous=self._topic)
        return "completed"

    def _greeting(self) -> str:
        """The usual one, unless an earlier job has said it, or a part of it that the candidate may have heard."""
        context = self._context
        if any(turn.act == "greeting" and not turn.interrupted for turn in self._earlier_turns):
            return f"{context.line('resume_after_interviewer_lost')} {context.line('ask_if_ready')}"
        if self._resumed and context.progress.position.phase == "introduction":
            return context.line(
                "greeting_after_interviewer_lost",
                name=context.candidate_name,
                role=context.parameters.role,
                question_count=context.parameters.question_count,
            )
        return context.greeting

    def _remaining(self) -> list[PlannedQuestion]:
        """From the question that was going on; a declined one is never asked again."""
        position = self._context.progress.position
        if position.phase != "question":
            return []
        questions = self._questions[position.question_index :]
        declined = bool(questions) and questions[0].question_id in position.declined
        return questions[1:] if declined else questions

    async def _ask(self, question: PlannedQuestion, last: QuestionResult | None) -> QuestionResult:
        opening = self._opening(question, last)
        self._topic = Topic(question.question_id, question.index)
        return await ask(self._context, question, self._keys[question.question_id], opening)

    def _opening(self, question: PlannedQuestion, last: QuestionResult | None) -> Opening:
        context = self._context
        if last is None and self._resumed:
            back = context.line("resume_after_interviewer_lost")
            answered = self._earlier_answers(question)
            if not answered:
                return Opening(f"{back} {question.text}", self._topic)
            was_cut_off = answered[-1].interrupted
            words = f"{back} {context.line('finish_your_answer')}" if was_cut_off else back
            return Opening(words, self._topic, " ".join(turn.text for turn in answered), goes_on=was_cut_off)
        asked = context.line(self._leading_line(question), question=question.text)
        words = asked if last is None else f"{self._lead(last, asked)} {asked}".strip()
        return Opening(words, self._topic)

    def _lead(self, last: QuestionResult, asked: str) -> str:
        """What is said first, about how the last question went."""
        if last.left_by == "answered":
            return acknowledge_at_times(self._context, points_said=last.points_said, before=asked)
        return self._context.line(_AFTER[last.left_by])

    def _leading_line(self, question: PlannedQuestion) -> LineName:
        if len(self._questions) == 1:
            return "only_question"
        if question.index == 0:
            return "first_question"
        return "last_question" if question.index == len(self._questions) - 1 else "next_question"

    def _earlier_answers(self, question: PlannedQuestion) -> list[Turn]:
        return [
            turn
            for turn in self._earlier_turns
            if turn.speaker == "candidate" and turn.question_id == question.question_id and turn.intent == "answer"
        ]

    async def _stop(self) -> EndReason:
        context = self._context
        await close(context, context.line("candidate_stopped", name=context.candidate_name), previous=self._topic)
        return "candidate_ended"
