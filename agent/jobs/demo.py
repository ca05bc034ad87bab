"""A job without our metadata, from the LiveKit playground or `lk`: a two-question demo that stores nothing."""

import asyncio
import random

from livekit.agents import JobContext

from agent.conversation import ConversationOverError
from agent.delivery.attach import attach_delivery
from agent.interviewer import Interviewer
from agent.presence import Presence
from agent.progress import Progress
from agent.settings import WorkerSettings
from agent.speech.factory import build_wording
from agent.speech.models import SpeechModels
from agent.stage import open_stage
from agent.tasks.context import InterviewContext, Patience
from agent.transcript import Transcript, keep_nothing
from prompts.lines import load_lines
from prompts.question_bank import BankQuestion, load_bank
from storage.models.attempt import Position
from storage.models.interview import InterviewParameters

_PARAMETERS = InterviewParameters(
    role="software engineer", interview_type="mixed", level="mid", question_count=2, tone="friendly"
)


async def run_demo(ctx: JobContext, settings: WorkerSettings, models: SpeechModels) -> None:
    await ctx.connect()
    rng, lines = random.Random(), load_lines()
    questions = _draw(rng)
    transcript = Transcript(epoch=1, started_at=asyncio.get_running_loop().time(), not_before_ms=0, keep=keep_nothing)
    stage = await open_stage(ctx, settings=settings, models=models, vocabulary=[], transcript=transcript)
    conversation = stage.conversation
    presence = Presence(
        ctx.room,
        absence_timeout_sec=settings.absence_timeout_sec,
        on_left=conversation.candidate_left,
        on_back=conversation.candidate_came_back,
        on_line_back=conversation.line_came_back,
        on_gone=lambda _: conversation.end(),
    )
    context = InterviewContext(
        conversation=conversation,
        progress=Progress(Position()),
        parameters=_PARAMETERS,
        candidate_name="",
        lines=lines,
        wording=build_wording(settings),
        patience=Patience.of(settings),
        yield_share=settings.yield_aloud_share,
        acknowledge_ready_share=settings.acknowledge_ready_share,
        deadline_at=asyncio.get_running_loop().time() + settings.max_interview_sec,
        delivery=attach_delivery(transcript, settings, _PARAMETERS.tone),
        greeting=lines.pick("demo_greeting", rng, question_count=len(questions)),
        closing=lines.pick("demo_closing", rng),
    )
    interviewer = Interviewer(
        context,
        [load_bank().planned(question.question_id, index) for index, question in enumerate(questions)],
        [question.key() for question in questions],
        resumed=False,
        earlier_turns=[],
    )
    try:
        await conversation.wait_until(presence.arrived)
        await interviewer.run()
    except ConversationOverError:
        pass
    finally:
        presence.close()
        await stage.close()


def _draw(rng: random.Random) -> list[BankQuestion]:
    bank = load_bank()
    return [
        rng.choice([question for question in bank.questions if question.kind == kind and "mid" in question.levels])
        for kind in ("behavioral", "technical")
    ]
