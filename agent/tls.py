"""TLS contexts, made once: each takes a quarter of a second, which a job would spend on its event loop."""

import ssl
from functools import cache

import httpx
import httpx2


@cache
def token_server_tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@cache
def language_model_tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context()
