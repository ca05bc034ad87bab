"""What libraries make within their first call otherwise, on an event loop that takes no sound meanwhile.

Run before a process is offered a job; where it was inherited, it costs nothing. The seconds are those of a process that
had just begun a job.
"""

import asyncio
import importlib
from collections.abc import Sequence

from livekit.agents.tokenize.basic import hyphenate_word
from livekit.agents.utils import http_context

from agent.tls import language_model_tls, token_server_tls

_LANGUAGE_MODEL_IMPORTS = ("openai.resources.chat.completions", "openai.lib.streaming.chat", "openai.pagination")
_SESSION_IMPORTS = ("livekit.agents.llm.async_toolset",)
_HTTP_IMPORTS = ("httpcore", "h11", "anyio._backends._asyncio", "anyio.streams.memory", "anyio.abc")


def warm_token_server_client() -> None:
    """Imports of httpx's first call (0.5 s), and its TLS context (0.2 s)."""
    _import(_HTTP_IMPORTS)
    token_server_tls()


def warm_clients() -> None:
    """The token server's, the language model's (1.3 s), and the TLS context of LiveKit's API (0.2 s)."""
    warm_token_server_client()
    _import((*_LANGUAGE_MODEL_IMPORTS, *_SESSION_IMPORTS))
    language_model_tls()
    asyncio.run(_open_session())


def warm_captions() -> None:
    """The patterns of syllables, which give captions their pace: 0.2 s of a first utterance."""
    hyphenate_word("interviewer")


async def _open_session() -> None:
    async with http_context.open():
        pass


def _import(names: Sequence[str]) -> None:
    for name in names:
        importlib.import_module(name)
