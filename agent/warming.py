"""What libraries make within their first call otherwise, on an event loop that takes no sound meanwhile.

Run once per process, before it is offered a job. The seconds are those of a process that had just begun a job.
"""

import asyncio
import importlib

from livekit.agents.tokenize.basic import hyphenate_word
from livekit.agents.utils import http_context


def warm_clients() -> None:
    """Imports of the language model's client (1 s), and the TLS context of LiveKit's API (0.2 s)."""
    for name in ("openai.resources.chat.completions", "h11"):
        importlib.import_module(name)
    asyncio.run(_open_session())


def warm_captions() -> None:
    """The patterns of syllables, which give captions their pace: 0.2 s of a first utterance."""
    hyphenate_word("interviewer")


async def _open_session() -> None:
    async with http_context.open():
        pass
