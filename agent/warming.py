"""What libraries make within their first call otherwise, on an event loop that takes no sound meanwhile.

Run before a process is offered a job; where it was inherited, it costs nothing. The seconds are those of a process that
had just begun a job.
"""

import asyncio
import importlib

from livekit.agents.tokenize.basic import hyphenate_word
from livekit.agents.utils import http_context

from agent.tls import language_model_tls, token_server_tls

_IMPORTED_LATE = (
    *("httpcore", "h11", "anyio._backends._asyncio", "anyio.streams.memory", "anyio.abc"),
    *("openai.resources.chat.completions", "openai.lib.streaming.chat", "openai.pagination"),
    "livekit.agents.llm.async_toolset",
)


def warm_clients() -> None:
    """Imports of the token server's client (0.5 s) and the language model's (1 s), and the TLS contexts of both and of
    LiveKit's API (0.2 s each)."""
    for name in _IMPORTED_LATE:
        importlib.import_module(name)
    token_server_tls()
    language_model_tls()
    asyncio.run(_open_session())


def warm_captions() -> None:
    """The patterns of syllables, which give captions their pace: 0.2 s of a first utterance."""
    hyphenate_word("interviewer")


async def _open_session() -> None:
    async with http_context.open():
        pass
