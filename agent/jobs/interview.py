"""A job that holds an interview for an attempt."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable

import structlog
from livekit.agents import JobContext

from agent.attempt_link import Heartbeat, join, taken_up
from agent.attributes import AttributeBoard
from agent.background import Background
from agent.commands import attach_commands
from agent.conversation import ConversationBrokenError, ConversationOverError, Topic
from agent.delivery.attach import attach_delivery
from agent.delivery.choice import DeliveryChoice
from agent.intents import read_intent
from agent.interviewer import Interviewer
from agent.listening.turns import CandidateTurn
from agent.outbox import Outbox, open_outbox
from agent.outbox_sender import OutboxSender
from agent.presence import Presence
from agent.progress import Progress
from agent.recording.attach import recorded
from agent.recording.recorder import Recorder
from agent.settings import WorkerSettings
from agent.speech.factory import build_wording
from agent.speech.models import SpeechModels
from agent.stage import Stage, open_stage
from agent.tasks.context import InterviewContext, Patience
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import AttemptOverError, SupersededError, TokenServerError
from agent.transcript import Transcript, made_whole
from agent.vocabulary import plan_vocabulary
from prompts.lines import load_lines
from storage.models.attempt import EndReason, Measurements, Position
from storage.models.room import JobMetadata
from storage.models.transcript import Turn
from storage.models.worker_api import AttemptBrief, AttemptEnd

log = structlog.get_logger()

_LAST_DELIVERY_SEC = 8.0
"""How long the end waits for the token server. What isn't delivered by then is sent by the next start's drain."""


_OVERTIME_SEC = 600.0
"""After the time for questions is over: the last one and the closing. Then it ends, whatever is going on."""


class InterviewJob:
    """One attempt, from joining to its end. `run` reads as what happens."""

    def __init__(self, ctx: JobContext, metadata: JobMetadata, settings: WorkerSettings, models: SpeechModels) -> None:
        self._ctx = ctx
        self._metadata = metadata
        self._settings = settings
        self._models = models
        self._background = Background()
        self._superseded = False
        self._end_reason: EndReason = "candidate_ended"
        """Why a conversation that is ended from outside was ended."""
        self._end_asked = False

    async def run(self) -> None:
        outbox = open_outbox(self._settings.outbox_dir)
        try:
            async with TokenServerClient(self._settings.token_server_url, self._settings.worker_api_secret) as client:
                await self._hold(outbox, client)
        finally:
            await self._background.close()
            await outbox.close()

    async def _hold(self, outbox: Outbox, client: TokenServerClient) -> None:
        attempt_id = self._metadata.id
        sender = OutboxSender(outbox, client, attempt_id)
        with contextlib.suppress(TokenServerError, sqlite3.Error):
            await sender.drain()
        try:
            brief = await join(client.attempt(attempt_id), epoch=self._metadata.epoch, job_id=self._ctx.job.id)
        except (SupersededError, AttemptOverError) as error:
            log.info("job_not_wanted", code=error.code)
            return
        self._background.start(sender.run(), name="outbox.send")
        brief = await self._with_unfinished_turn(brief, outbox, sender)
        brief = await self._with_last_beat(brief, outbox)
        clock_started_at = asyncio.get_running_loop().time() - brief.elapsed_ms / 1000
        async with recorded(brief, self._settings, client, clock_started_at) as recorder:
            await self._run(brief, outbox, sender, client, clock_started_at, recorder)

    async def _run(
        self,
        brief: AttemptBrief,
        outbox: Outbox,
        sender: OutboxSender,
        client: TokenServerClient,
        clock_started_at: float,
        recorder: Recorder | None,
    ) -> None:
        progress = Progress(brief.position)
        transcript = self._transcript(brief, clock_started_at, outbox, sender)
        delivery = attach_delivery(transcript, self._settings, brief.plan.parameters.tone, brief.turns)
        await self._ctx.connect()
        stage = await open_stage(
            self._ctx,
            settings=self._settings,
            models=self._models,
            vocabulary=plan_vocabulary(brief.plan.parameters, brief.keys),
            transcript=transcript,
            recorder=recorder,
        )
        self._keep_what_goes_on(stage, brief, outbox, transcript)
        presence = self._attach(stage, progress, brief, outbox, client, recorder)
        try:
            reason = await self._interview(stage, progress, brief, presence, delivery)
        except ConversationBrokenError:
            # this process ends properly, so nobody else sees that its interview hasn't
            with contextlib.suppress(TokenServerError):
                await client.attempt(brief.attempt_id).lost(brief.epoch)
            raise
        presence.close()
        await self._end(reason, stage, progress, brief, outbox, sender)

    async def _with_unfinished_turn(self, brief: AttemptBrief, outbox: Outbox, sender: OutboxSender) -> AttemptBrief:
        """What a job that died had heard, and not yet taken for a whole turn, becomes one: it was said."""
        try:
            turn = await outbox.take_unfinished(brief.attempt_id)
            waiting = await outbox.waiting(brief.attempt_id)
        except sqlite3.Error as error:  # on a full disk, too: it is taken up once there is room
            log.warning("unfinished_turn_waits", attempt_id=brief.attempt_id, error=str(error))
            return brief
        turn = turn and made_whole(turn, brief.turns, waiting_seqs=[item.seq for item in waiting])
        if turn is None:
            return brief
        await outbox.put_turn(brief.attempt_id, turn)
        sender.nudge()
        return brief.model_copy(update={"turns": [*brief.turns, turn]})

    async def _with_last_beat(self, brief: AttemptBrief, outbox: Outbox) -> AttemptBrief:
        """Where the job before this one was, and what it had measured, also when nobody could be told."""
        try:
            beat = await outbox.last_beat(brief.attempt_id)
        except sqlite3.Error as error:
            log.warning("last_beat_unreadable", attempt_id=brief.attempt_id, error=str(error))
            return brief
        return brief if beat is None else taken_up(brief, beat)

    def _transcript(
        self, brief: AttemptBrief, clock_started_at: float, outbox: Outbox, sender: OutboxSender
    ) -> Transcript:
        async def keep(turn: Turn) -> None:
            await outbox.put_turn(brief.attempt_id, turn)
            sender.nudge()

        return Transcript(
            epoch=brief.epoch,
            started_at=clock_started_at,
            not_before_ms=max((turn.ended_ms for turn in brief.turns), default=0),
            keep=keep,
        )

    def _keep_what_goes_on(self, stage: Stage, brief: AttemptBrief, outbox: Outbox, transcript: Transcript) -> None:
        def heard(turn: CandidateTurn, topic: Topic) -> None:
            so_far = transcript.so_far(
                turn,
                intent=read_intent(turn.text),
                question_id=topic.question_id,
                question_index=topic.question_index,
            )
            self._background.start(outbox.put_unfinished(brief.attempt_id, so_far), name="outbox.unfinished")

        stage.conversation.heard_so_far = heard

    def _attach(
        self,
        stage: Stage,
        progress: Progress,
        brief: AttemptBrief,
        outbox: Outbox,
        client: TokenServerClient,
        recorder: Recorder | None,
    ) -> Presence:
        conversation = stage.conversation
        heartbeat = Heartbeat(
            client.attempt(brief.attempt_id),
            epoch=brief.epoch,
            position=lambda: progress.position,
            measurements=lambda: _measured(brief, stage),
            keep=lambda beat: outbox.put_beat(brief.attempt_id, beat),
            on_over=self._ended_by("candidate_ended", conversation.end, superseded=True),
        )
        self._background.start(heartbeat.run(), name="heartbeat")

        shown = AttributeBoard(
            self._ctx.room,
            question_count=len(brief.plan.questions),
            epoch=brief.epoch,
            is_recorded=recorder is not None and not recorder.has_failed,
        )
        if recorder is not None:
            recorder.on_failure = shown.show_recording_over
        self._background.start(shown.run(), name="attributes")

        def moved(position: Position) -> None:
            heartbeat.changed()
            shown.show(position)

        progress.on_change = moved
        moved(progress.position)
        attach_commands(self._ctx.room, conversation.commanded)
        return Presence(
            self._ctx.room,
            absence_timeout_sec=self._settings.absence_timeout_sec,
            on_left=conversation.candidate_left,
            on_back=conversation.candidate_came_back,
            on_line_back=conversation.line_came_back,
            on_gone=lambda seen: self._ended_by(
                "candidate_absent" if seen or brief.resumed else "no_show", conversation.end
            )(),
        )

    def _ended_by(self, reason: EndReason, end: Callable[[], None], *, superseded: bool = False) -> Callable[[], None]:
        def ended() -> None:
            self._superseded = self._superseded or superseded
            if not self._end_asked:
                # the first reason counts: what comes later follows from it
                self._end_asked = True
                self._end_reason = reason
            end()

        return ended

    async def _interview(
        self, stage: Stage, progress: Progress, brief: AttemptBrief, presence: Presence, delivery: DeliveryChoice
    ) -> EndReason:
        loop = asyncio.get_running_loop()
        context = InterviewContext(
            conversation=stage.conversation,
            progress=progress,
            parameters=brief.plan.parameters,
            candidate_name=brief.candidate_name,
            lines=load_lines(),
            wording=build_wording(self._settings),
            patience=Patience.of(self._settings),
            yield_share=self._settings.yield_aloud_share,
            acknowledge_ready_share=self._settings.acknowledge_ready_share,
            deadline_at=loop.time() + self._settings.max_interview_sec - brief.elapsed_ms / 1000,
            delivery=delivery,
        )
        interviewer = Interviewer(
            context, brief.plan.questions, brief.keys, resumed=brief.resumed, earlier_turns=brief.turns
        )
        too_late = loop.call_at(
            context.deadline_at + _OVERTIME_SEC, self._ended_by("time_limit", stage.conversation.end)
        )
        try:
            await stage.conversation.wait_until(presence.arrived)
            return await interviewer.run()
        except ConversationOverError:
            return self._end_reason
        finally:
            too_late.cancel()

    async def _end(
        self,
        reason: EndReason,
        stage: Stage,
        progress: Progress,
        brief: AttemptBrief,
        outbox: Outbox,
        sender: OutboxSender,
    ) -> None:
        if self._superseded:
            await self._deliver(brief, sender)
            await stage.close()
            return
        progress.enter("ended")
        end = AttemptEnd(
            epoch=brief.epoch, reason=reason, position=progress.position, measurements=_measured(brief, stage)
        )
        await outbox.put_end(brief.attempt_id, end)
        await self._deliver(brief, sender)
        await stage.close()
        await self._ctx.delete_room()

    async def _deliver(self, brief: AttemptBrief, sender: OutboxSender) -> None:
        sender.nudge()
        try:
            await asyncio.wait_for(sender.wait_empty(), _LAST_DELIVERY_SEC)
        except TimeoutError:
            log.warning("not_delivered_yet", attempt_id=brief.attempt_id)


def _measured(brief: AttemptBrief, stage: Stage) -> Measurements:
    """By the attempt's earlier jobs and by this one."""
    return brief.measurements.followed_by(stage.measurements())
