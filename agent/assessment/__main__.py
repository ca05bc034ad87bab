"""The assessor process: `python -m agent.assessment`; with `answer`, the judgement of answers from standard input."""

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from uuid import uuid4

import structlog
from pydantic import ValidationError

from agent.assessment import answer_command
from agent.assessment.claims import ClaimLoop
from agent.assessment.embedding import MiniLm, ModelMissingError
from agent.assessment.gradings import gradings
from agent.assessment.on_device import OnDeviceJudge
from agent.settings import AssessorSettings, JudgeSettings
from agent.token_server_client import TokenServerClient

log = structlog.get_logger("assessor")


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["answer"]:
        return judge_answers(list(arguments[1:]))
    return assess_attempts()


def judge_answers(arguments: list[str]) -> int:
    options = answer_command.parsed(arguments)
    try:
        settings = JudgeSettings(assessment_judge=options.judge)
        judge = OnDeviceJudge(MiniLm(settings.embedder_dir))
    except ValidationError as error:
        sys.stderr.write(f"{_faults(error)}\n")
        return 2
    except ModelMissingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return asyncio.run(_judge_answers(options, settings, judge))


async def _judge_answers(options: argparse.Namespace, settings: JudgeSettings, judge: OnDeviceJudge) -> int:
    async with gradings(settings, judge) as new_grading:
        return await answer_command.run(options, new_grading, stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr)


def assess_attempts() -> int:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    try:
        settings = AssessorSettings()  # pyright: ignore[reportCallIssue]  # the environment fills it
        embedder = MiniLm(settings.embedder_dir)
    except ValidationError as error:
        sys.stderr.write(f"The assessor can't start. {_faults(error)}\n")
        return 2
    except ModelMissingError as error:
        sys.stderr.write(f"The assessor can't start. {error}\n")
        return 2
    embedder.embed(["Warm before the first attempt ends."])
    asyncio.run(_run(settings, OnDeviceJudge(embedder)))
    return 0


def _faults(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, e['loc'])).upper() or 'settings'}: {e['msg']}" for e in error.errors())


async def _run(settings: AssessorSettings, judge: OnDeviceJudge) -> None:
    assessor_id = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
    async with (
        TokenServerClient(settings.token_server_url, settings.worker_api_secret) as client,
        gradings(settings, judge) as new_grading,
    ):
        loop = ClaimLoop(client.assessor(assessor_id), new_grading, poll_sec=settings.assessor_poll_sec)
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, loop.stop)
        judged_by = (settings.assessment_model or settings.llm_model) if settings.judges_by_llm else judge.model
        log.info("assessor ready", assessor_id=assessor_id, judge=judged_by)
        await loop.run()
    log.info("assessor stopped")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
