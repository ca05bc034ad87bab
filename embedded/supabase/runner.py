"""Becomes the embedded Supabase: `python -m embedded.supabase.runner`, started under a supervisor.

It takes the lock on the data directory, applies the migrations, and replaces itself with node, so that the
supervisor's child is the server itself: SIGTERM stops it cleanly in under a second. It ends with its parent, too.

A second process on a PGlite directory destroys data. So the lock's descriptor goes to node and to whatever runs the
migrations: the directory stays locked while any of them lives, even one that lost its parent.

Exit codes: 1 for what a person must mend (said in one sentence on stderr); else node's.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.parent_death import signal_when_parent_ends

HERE = Path(__file__).parent
MIGRATIONS_DIR = HERE.parent.parent / "storage" / "supabase" / "migrations"
CONFIG_FILES = ("config.mjs", "erasure.mjs", "error_log.mjs")
PACKAGE_DIR = HERE / "node_modules" / "@supabase" / "lite"
DATABASE_DIR = "postgres"
STAMP_NAME = "migrations.json"
_MIGRATION_NAME = re.compile(r"\d{14}_\w+\.sql")
_INHERITED = ("PATH", "LANG", "LC_ALL", "TZ")


class RunnerError(Exception):
    """What a person must mend before it can start, as a sentence."""


class RunnerSettings(BaseSettings):
    """From the environment only: a supervisor sets them."""

    model_config = SettingsConfigDict(extra="ignore")

    lite_data_dir: Path
    lite_port: int = Field(ge=1, le=65535)
    node_binary: str = "node"
    lite_package_dir: Path = PACKAGE_DIR
    lite_migrations_dir: Path = MIGRATIONS_DIR
    supabase_publishable_key: SecretStr
    supabase_secret_key: SecretStr
    supabase_jwt_secret: SecretStr = Field(min_length=32)


def main() -> NoReturn:
    os.umask(0o077)
    _end_with_parent()
    try:
        settings = RunnerSettings()  # pyright: ignore[reportCallIssue] - read from the environment
        cli = settings.lite_package_dir / "dist" / "cli" / "index.js"
        if not cli.is_file():
            raise RunnerError("The embedded Supabase isn't installed: run `make setup`.")
        node = [settings.node_binary, str(cli)]
        environment = node_environment(settings, os.environ)
        settings.lite_data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock_fd = lock_data_dir(settings.lite_data_dir)
        migrate(settings, node, environment, lock_fd)
        os.chdir(settings.lite_data_dir)
        arguments = [*node, "start", "--host", "127.0.0.1", "--no-admin"]
        os.execvpe(arguments[0], arguments, environment)  # noqa: S606 - no shell wanted
    except ValidationError as error:
        names = ", ".join(str(problem["loc"][0]).upper() for problem in error.errors())
        sys.exit(f"Embedded Supabase: missing or wrong setting {names}.")
    except (RunnerError, OSError) as error:
        sys.exit(str(error))


def lock_data_dir(data_dir: Path) -> int:
    """An exclusive lock on the directory, in a descriptor that child processes keep.

    Raises:
        RunnerError: another process has it.
    """
    fd = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        raise RunnerError(
            f"Another process uses the data in {data_dir}: stop it first, or choose another MOCK_INTERVIEW_DATA_DIR."
        ) from None
    os.set_inheritable(fd, True)
    return fd


def node_environment(settings: RunnerSettings, outer: Mapping[str, str]) -> dict[str, str]:
    """Nothing but what it needs: a provider's key has no business in the database server."""
    passed = {name: outer[name] for name in outer if name in _INHERITED or name.startswith("LITE_AUTH_")}
    for name in ("LITE_SITE_URL", "LITE_JWT_EXPIRY_SEC"):
        if name in outer:
            passed[name] = outer[name]
    return passed | {
        "HOME": str(settings.lite_data_dir),
        "NO_COLOR": "1",
        "LITE_TELEMETRY": "0",
        "DO_NOT_TRACK": "1",
        "LITE_PACKAGE_DIR": str(settings.lite_package_dir),
        "LITE_PORT": str(settings.lite_port),
        "SUPABASE_PUBLISHABLE_KEY": settings.supabase_publishable_key.get_secret_value(),
        "SUPABASE_SECRET_KEY": settings.supabase_secret_key.get_secret_value(),
        "SUPABASE_JWT_SECRET": settings.supabase_jwt_secret.get_secret_value(),
    }


def migrate(settings: RunnerSettings, node: list[str], environment: dict[str, str], lock_fd: int) -> None:
    """Applies the migrations that this directory hasn't seen.

    A stamp of names and checksums saves starting node just to find that there is nothing to do: 2 s of each start.

    Raises:
        RunnerError: a migration failed, or one was changed after it was applied.
    """
    data_dir = settings.lite_data_dir
    files = sorted(settings.lite_migrations_dir.glob("*.sql"))
    for file in files:
        if not _MIGRATION_NAME.fullmatch(file.name):  # the tool would pass it over without a word
            raise RunnerError(f"The migration {file.name} isn't named like 20260131235959_what_it_does.sql.")
    wanted = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    stamp = data_dir / STAMP_NAME
    applied = _read_stamp(stamp) if (data_dir / DATABASE_DIR).is_dir() else {}
    for name, checksum in applied.items():
        if wanted.get(name, checksum) != checksum:
            raise RunnerError(
                f"The migration {name} was changed after it was applied to the data in {data_dir}: "
                "put it back and write a new one, or choose an empty MOCK_INTERVIEW_DATA_DIR."
            )

    project_dir = data_dir / "supabase"
    shutil.rmtree(project_dir / "migrations", ignore_errors=True)
    (project_dir / "migrations").mkdir(parents=True, mode=0o700)
    for name in CONFIG_FILES:
        shutil.copyfile(HERE / name, project_dir / name)
    for file in files:
        shutil.copyfile(file, project_dir / "migrations" / file.name)
    if wanted.keys() <= applied.keys():
        return
    done = subprocess.run(  # noqa: S603 - our own node and our own files
        [*node, "migration", "up"],
        cwd=data_dir,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        pass_fds=[lock_fd],
        preexec_fn=_end_with_parent,
        check=False,
    )
    if done.returncode != 0:
        raise RunnerError(f"The migrations failed.\n{_without_stack(done.stdout)}")
    partial = stamp.with_suffix(".new")
    partial.write_text(json.dumps(applied | wanted, indent=1))
    partial.replace(stamp)


def _without_stack(output: str) -> str:
    """The tool's sentences about what went wrong, without the trace through its own code."""
    lines = [line for line in output.splitlines() if line.startswith(("error:", "Migration failed"))]
    return "\n".join(lines) or output.strip()


def _read_stamp(stamp: Path) -> dict[str, str]:
    try:
        return json.loads(stamp.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}  # the tool itself knows what it has applied: asking it costs time, nothing else


def _end_with_parent() -> None:
    signal_when_parent_ends(signal.SIGTERM)


if __name__ == "__main__":
    main()
