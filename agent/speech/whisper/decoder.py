"""One thread that decodes, so that a final result waits for one draft at most and the event loop for none."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor

from agent.speech.whisper.hint import Hint
from agent.speech.whisper.model import Samples, WhisperModel
from agent.speech.whisper.transcription import Transcription


class Decoder:
    """Runs the model's decodes one after another, off the event loop."""

    def __init__(self, model: WhisperModel) -> None:
        self._model = model
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="whisper")
        self._jobs: set[Future[Transcription]] = set()

    @property
    def busy(self) -> bool:
        """Whether a decode is running or waiting; one whose result nobody wants any more counts while it runs."""
        self._jobs = {job for job in self._jobs if not job.done()}
        return bool(self._jobs)

    def submit(
        self, samples: Samples, hint: Hint, *, draft: bool = False, context_sec: float = 0.0
    ) -> asyncio.Future[Transcription]:
        """Decode after what was submitted before. Cancelling the future withdraws it unless it already runs."""
        job = self._executor.submit(self._model.transcribe, samples, hint, draft=draft, context_sec=context_sec)
        self._jobs.add(job)
        return asyncio.wrap_future(job)

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
