"""`python -m embedded.backup save [FILE]` and `… restore FILE`: what `make backup` and `make restore` run."""

import argparse
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

from embedded.backup.parts import BackupError
from embedded.backup.restore import restore
from embedded.backup.save import save
from embedded.environment import given_environment
from embedded.settings import SettingsError, load_settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m embedded.backup", description=__doc__)
    parser.add_argument("--no-env-file", action="store_true", help="don't read .env")
    commands = parser.add_subparsers(dest="command", required=True)
    saving = commands.add_parser("save", help="while it runs or not")
    saving.add_argument("file", type=Path, nargs="?", help="default: backups/ in the data folder, named by the time")
    commands.add_parser("restore", help="while it doesn't run").add_argument("file", type=Path)
    arguments = parser.parse_args()
    os.umask(0o077)
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _interrupt)  # so that a stopped database is started again
    try:
        settings = load_settings(given_environment(read_file=not arguments.no_env_file))
        if not settings.runs_supabase:
            raise BackupError("SUPABASE_URL is set: the data is there, and that project has backups of its own.")
        now = datetime.now(UTC)
        if arguments.command == "save":
            _save(settings.mock_interview_data_dir, arguments.file, now)
        else:
            _restore(settings.mock_interview_data_dir, arguments.file, now)
    except (BackupError, SettingsError) as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - this is a command-line program
        return 1
    except KeyboardInterrupt:
        print("Interrupted: nothing was changed.", file=sys.stderr)  # noqa: T201
        return 1
    except OSError as problem:
        print(f"{problem.filename or 'The disk'}: {problem.strerror}.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _save(data_dir: Path, file: Path | None, now: datetime) -> None:
    target = file or data_dir / "backups" / f"{now:%Y%m%dT%H%M%SZ}.tar.gz"
    manifest = save(data_dir, target, now)
    size_mb = target.stat().st_size / 1e6
    print(  # noqa: T201
        f"{target}: {len(manifest.files)} files, {size_mb:.1f} MB.\n"
        "It holds what candidates said and the keys of this service: keep it as you keep a password."
    )


def _restore(data_dir: Path, file: Path, now: datetime) -> None:
    aside = restore(data_dir, file, now)
    print(f"Restored from {file}." + (f" What was there before is in {aside}." if aside else ""))  # noqa: T201


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
