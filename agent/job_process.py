"""What runs in a process of its own, one per room: the models are warmed, then a job is held."""

from contextlib import suppress

from livekit.agents import JobContext, JobProcess
from pydantic import ValidationError

from agent.held_jobs import HeldJobs
from agent.jobs.demo import run_demo
from agent.jobs.interview import InterviewJob
from agent.jobs.setup import SetupJob
from agent.logging import configure_logging
from agent.settings import WorkerSettings
from agent.speech.errors import SpeechSetupError
from agent.speech.models import SpeechModels, load_worker_models, on_device_sounds
from agent.speech.turn_detector import warm_turn_detector
from agent.warming import warm_captions, warm_clients
from storage.models.room import JobMetadata


def prepare() -> None:
    """What a fork may inherit, made before it. The recogniser is made after it: a fork would lose its threads."""
    warm_clients()
    warm_captions()
    with suppress(ValidationError, SpeechSetupError):  # the worker starts with these, and says so
        on_device_sounds(WorkerSettings())  # pyright: ignore[reportCallIssue]  # the environment fills it


def warm(process: JobProcess, settings: WorkerSettings) -> None:
    """Loads and warms the models, once per process, before it is offered a job."""
    configure_logging(settings.worker_log_level)
    process.userdata["models"] = load_worker_models(settings)
    warm_turn_detector()
    warm_clients()
    warm_captions()


async def hold(ctx: JobContext, settings: WorkerSettings, held: HeldJobs) -> None:
    models: SpeechModels = ctx.proc.userdata["models"]
    metadata = _our_metadata(ctx.job.metadata)
    if metadata is None:
        await run_demo(ctx, settings, models)
    else:
        with held.holding(metadata):
            if metadata.kind == "setup":
                await SetupJob(ctx, metadata, settings, models).run()
            else:
                await InterviewJob(ctx, metadata, settings, models).run()
    ctx.shutdown()


def _our_metadata(text: str) -> JobMetadata | None:
    """None for a job that the playground or `lk` dispatched."""
    try:
        return JobMetadata.model_validate_json(text)
    except ValidationError:
        return None
