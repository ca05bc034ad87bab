"""Keys of the services that run here. Made once, kept with the data, readable by their owner only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

LIVEKIT_API_KEY = "mock-interview"
"""The name of the key, as livekit.yaml has it. The secret is what counts."""


def _secret() -> str:
    return secrets.token_urlsafe(48)


@dataclass(frozen=True)
class Keys:
    livekit_api_secret: str = field(default_factory=_secret, repr=False)
    worker_api_secret: str = field(default_factory=_secret, repr=False)
    supabase_publishable_key: str = field(default_factory=lambda: f"sb_publishable_{_secret()}", repr=False)
    supabase_secret_key: str = field(default_factory=lambda: f"sb_secret_{_secret()}", repr=False)
    supabase_jwt_secret: str = field(default_factory=_secret, repr=False)
    on_device_llm_key: str = field(default_factory=_secret, repr=False)


def load_or_make_keys(file: Path) -> Keys:
    """Called with the lock on the data directory. Keys that an older version hadn't are added."""
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    keys = Keys(**{name: known[name] for name in Keys.__dataclass_fields__ if name in known})
    if asdict(keys) != known:
        write_private(file, json.dumps(asdict(keys), indent=1))
    return keys


def write_private(file: Path, text: str) -> None:
    """Never readable by others, not for a moment; complete or not there."""
    partial = file.with_name(f"{file.name}.new")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as output:
        output.write(text)
    partial.replace(file)
