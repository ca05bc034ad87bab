"""A job that holds a set-up conversation: finds out which interview is wanted, and has it made on a yes."""

import asyncio

import structlog
from livekit.agents import JobContext

from agent.attempt_link import once_available
from agent.attributes import SetupBoard
from agent.background import Background
from agent.commands import attach_draft_notices
from agent.conversation import ConversationOverError
from agent.delivery.attach import attach_delivery
from agent.listening.thinking_room import expected_in_setup
from agent.presence import Presence
from agent.settings import WorkerSettings
from agent.setup.dialogue import SetupDialogue
from agent.setup.keeping import DraftKeeper
from agent.setup.model import HttpModel, build_understanding
from agent.setup_assistant import SetupAssistant, SetupEnd, SetupPatience
from agent.speech.models import SpeechModels
from agent.stage import Stage, open_stage
from agent.token_server_client import SetupCalls, TokenServerClient
from agent.token_server_errors import SetupOverError, TokenServerError
from agent.transcript import Transcript, keep_nothing
from agent.vocabulary import setup_choices, setup_vocabulary
from prompts.setup.lines import load_setup_lines
from storage.models.room import JobMetadata
from storage.models.setup import SetupBrief, SetupDraftStored

log = structlog.get_logger()

_LONGEST_SEC = 1200.0
"""Then it ends, whatever is going on. The draft stays."""


class SetupJob:
    """One set-up, from joining to its end. Keeps no transcript: what was understood is in the draft."""

    def __init__(self, ctx: JobContext, metadata: JobMetadata, settings: WorkerSettings, models: SpeechModels) -> None:
        self._ctx = ctx
        self._metadata = metadata
        self._settings = settings
        self._models = models
        self._background = Background()
        self._is_replaced = False
        """Another job has the conversation now, and this one was put out of the room."""

    async def run(self) -> None:
        deadline_sec = self._settings.setup_understanding_deadline_sec
        try:
            async with (
                TokenServerClient(self._settings.token_server_url, self._settings.worker_api_secret) as client,
                HttpModel(self._settings, timeout_sec=deadline_sec) as model,
            ):
                await self._hold(client.setup(self._metadata.id), model)
        finally:
            await self._background.close()

    async def _hold(self, calls: SetupCalls, model: HttpModel) -> None:
        try:
            brief = await once_available(lambda: calls.join(self._ctx.job.id))
        except SetupOverError as error:
            log.info("job_not_wanted", code=error.code)
            return
        transcript = Transcript(
            epoch=self._metadata.epoch,
            started_at=asyncio.get_running_loop().time(),
            not_before_ms=0,
            keep=keep_nothing,
        )
        delivery = attach_delivery(transcript, self._settings, "neutral")
        await self._ctx.connect()
        stage = await open_stage(
            self._ctx,
            settings=self._settings,
            models=self._models,
            vocabulary=setup_vocabulary(),
            transcript=transcript,
            expected=expected_in_setup,
            short_replies=True,
        )
        board = SetupBoard(self._ctx.room, epoch=self._metadata.epoch)
        self._background.start(board.run(), name="attributes")
        board.show(brief.draft, brief.revision)
        assistant = SetupAssistant(
            stage.conversation,
            SetupDialogue(brief.draft, name=brief.candidate_name, lines=load_setup_lines(), resumed=brief.resumed),
            build_understanding(self._settings, model, deadline_sec=self._settings.setup_understanding_deadline_sec),
            DraftKeeper(calls, SetupDraftStored(revision=brief.revision, draft=brief.draft)),
            patience=SetupPatience(self._settings.silence_rephrase_sec, self._settings.thinking_time_sec),
            delivery=delivery,
            on_change=board.show,
            on_asked=lambda asked, draft: stage.expect(setup_vocabulary(asked, draft.role), setup_choices(asked)),
        )
        attach_draft_notices(self._ctx.room, lambda revision: assistant.edits.noticed())
        try:
            end = await self._talk(assistant, stage, board, brief)
            await self._end(end, calls, board)
        finally:
            await stage.close()

    async def _talk(
        self, assistant: SetupAssistant, stage: Stage, board: SetupBoard, brief: SetupBrief
    ) -> SetupEnd | None:
        """None where it was ended from outside."""
        conversation = stage.conversation
        presence = Presence(
            self._ctx.room,
            absence_timeout_sec=self._settings.absence_timeout_sec,
            on_left=conversation.candidate_left,
            on_back=conversation.candidate_came_back,
            on_line_back=conversation.line_came_back,
            on_gone=lambda _: conversation.end(),
        )

        def put_out(reason: object) -> None:
            self._is_replaced = True
            conversation.end()

        self._ctx.room.on("disconnected", put_out)
        too_late = asyncio.get_running_loop().call_later(_LONGEST_SEC, conversation.end)
        try:
            await conversation.wait_until(presence.arrived)
            board.enter("talking")
            return await assistant.run()
        except ConversationOverError:
            return None if self._is_replaced else "left"
        except SetupOverError as error:
            log.info("setup_over", code=error.code, setup_id=brief.setup_id)
            return None
        finally:
            self._ctx.room.off("disconnected", put_out)
            presence.close()
            too_late.cancel()

    async def _end(self, end: SetupEnd | None, calls: SetupCalls, board: SetupBoard) -> None:
        if self._is_replaced:
            return
        board.enter("ended")
        if end == "left":
            try:
                await calls.abandon()
            except TokenServerError as error:
                # the token server's sweep notices an empty room, too
                log.warning("setup_not_abandoned", error=str(error))
        await self._ctx.delete_room()
