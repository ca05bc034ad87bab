"""`python -m embedded.llm_server`: the language model on this machine behind an OpenAI-compatible API.

llama.cpp's own server, run in this process by xllamacpp. SIGTERM ends it at once: it keeps nothing.
"""

import signal
import sys
import time
from typing import Any

import xllamacpp
from pydantic import ValidationError

from embedded.settings import LlmServerSettings

_llama: Any = xllamacpp  # a compiled module without types
_KEPT_PROMPTS_MB = 256
"""Of what it has read: some twenty prompts, so that interviews at the same time don't undo each other's reading. By
default it keeps 8 GB of them, and each follow-up adds 8 to 12 MB."""


def main() -> int:
    try:
        settings = LlmServerSettings()  # pyright: ignore[reportCallIssue] - read from the environment
    except ValidationError as error:
        print(f"The on-device LLM can't start: {error}", file=sys.stderr)  # noqa: T201 - for the log
        return 1
    if not settings.model_file.is_file():
        print(f"The model file {settings.model_file} isn't there: run `make run` to fetch it.", file=sys.stderr)  # noqa: T201
        return 1
    started = time.monotonic()
    server = _llama.Server(server_parameters(settings))  # returns when the model is loaded and warm
    print(f"listening on {server.listening_address} after {time.monotonic() - started:.1f} s", flush=True)  # noqa: T201
    while True:
        signal.pause()


def server_parameters(settings: LlmServerSettings) -> Any:
    parameters = _llama.CommonParams()
    parameters.model.path = str(settings.model_file)
    parameters.model_alias = {settings.on_device_llm_model}
    parameters.hostnames = ["127.0.0.1"]
    parameters.ui = False
    parameters.port = settings.on_device_llm_port
    parameters.n_ctx = settings.on_device_llm_context
    parameters.cpuparams.n_threads = settings.on_device_llm_threads
    parameters.cpuparams_batch.n_threads = settings.on_device_llm_threads
    parameters.n_parallel = 1
    parameters.cache_ram_mib = _KEPT_PROMPTS_MB
    parameters.endpoint_slots = False
    if settings.on_device_llm_key is not None:
        parameters.api_keys = [settings.on_device_llm_key.get_secret_value()]
    parameters.n_gpu_layers = 0
    parameters.use_jinja = True
    parameters.warmup = True
    return parameters


if __name__ == "__main__":
    sys.exit(main())
