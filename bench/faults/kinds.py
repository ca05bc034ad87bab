"""What is killed. A kill is SIGKILL: nothing gets to say good-bye."""

from typing import Literal, get_args

from tests.support.processes import kill_process, worker_pid
from tests.support.stack import Stack

Kind = Literal[
    "interview process",
    "worker",
    "worker's keeper",
    "token server",
    "assessor",
    "livekit-server",
    "Supabase",
    "LLM server",
    "browser reload",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
PROGRAMS: dict[Kind, str] = {
    "worker's keeper": "worker",
    "token server": "token-server",
    "assessor": "assessor",
    "livekit-server": "livekit-server",
    "Supabase": "supabase",
    "LLM server": "llm-server",
}
TAKES_THE_INTERVIEWER: frozenset[Kind] = frozenset({"interview process", "worker", "livekit-server"})
"""The candidate hears nothing until somebody has noticed."""
OF_ONE_ROOM: frozenset[Kind] = frozenset({"interview process", "browser reload"})
"""The others hit every interview that goes on."""


def kill_program(stack: Stack, kind: Kind) -> None:
    if kind == "worker":
        kill_process(worker_pid(stack))
    else:
        stack.embedded.supervisor.kill(PROGRAMS[kind])
