"""What is written can be heard at its time, also after a kill."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from agent.recording.lanes import Pcm
from agent.recording.mixer import HEARD_RATE, RATE, Mixer
from agent.recording.ogg_opus import BIT_RATE, Extent, OggOpusWriter, extent
from tests.support.recordings import decoded, level_db, onsets_sec

pytestmark = pytest.mark.unit


def tone(seconds: float, rate: int, hertz: float = 300.0) -> Pcm:
    return (8000 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.int16)


def record(path: Path, mixer: Mixer, seconds: float) -> None:
    with path.open("w+b", buffering=0) as file:
        writer = OggOpusWriter(file)
        for n in range(1, round(seconds / 0.5) + 1):
            writer.write(mixer.take(n * 0.5))
        writer.close()


def test_both_sides_are_heard_at_their_times(tmp_path: Path):
    mixer = Mixer()
    said = [1.2, 4.0, 17.35]
    for starts_sec in said:
        for n, frame in enumerate(np.split(tone(0.6, HEARD_RATE), 30)):
            mixer.candidate.hear(starts_sec + (n + 1) * 0.02, frame)
    mixer.voice.play(2.5, tone(0.5, RATE, 500))
    mixer.listening.play(6.0, tone(0.3, RATE, 200))
    record(tmp_path / "a.ogg", mixer, 20.0)
    candidate, interviewer = decoded((tmp_path / "a.ogg").read_bytes())
    assert onsets_sec(candidate) == pytest.approx(said, abs=0.05)
    assert onsets_sec(interviewer) == pytest.approx([2.5, 6.0], abs=0.05)
    assert level_db(interviewer, 1.3, 1.7) < level_db(candidate, 1.3, 1.7) - 15, "sides can be told apart"


def test_a_long_recording_keeps_its_time(tmp_path: Path):
    mixer = Mixer()
    mixer.voice.play(599.0, tone(0.5, RATE))
    record(tmp_path / "a.ogg", mixer, 600.0)
    assert extent(tmp_path / "a.ogg").duration_ms == pytest.approx(600_000, abs=50)
    _, interviewer = decoded((tmp_path / "a.ogg").read_bytes())
    assert onsets_sec(interviewer) == pytest.approx([599.0], abs=0.05)


def test_noise_takes_no_more_than_its_bit_rate(tmp_path: Path):
    random = np.random.default_rng(1)
    mixer = Mixer()
    mixer.voice.play(0.0, random.integers(-8000, 8000, 30 * RATE).astype(np.int16))
    record(tmp_path / "a.ogg", mixer, 30.0)
    assert extent(tmp_path / "a.ogg").size_bytes < 1.2 * 30 * BIT_RATE / 8


@pytest.mark.parametrize("lost_bytes", [1, 200, 1500])
def test_a_file_that_breaks_off_is_usable_to_its_last_page(tmp_path: Path, lost_bytes: int):
    mixer = Mixer()
    mixer.voice.play(0.0, tone(10.0, RATE))
    path = tmp_path / "a.ogg"
    record(path, mixer, 10.0)
    whole = extent(path)
    os.truncate(path, whole.size_bytes - lost_bytes)
    left = extent(path)
    assert left.size_bytes <= whole.size_bytes - lost_bytes
    assert whole.duration_ms - 1600 < left.duration_ms < whole.duration_ms
    _, interviewer = decoded(path.read_bytes()[: left.size_bytes])
    assert len(interviewer) / 48 == pytest.approx(left.duration_ms, abs=25)
    assert level_db(interviewer, 0.5, left.duration_ms / 1000 - 0.1) > -20


def test_what_holds_no_sound_has_no_extent(tmp_path: Path):
    path = tmp_path / "a.ogg"
    for content in (b"", b"OggS", b"something else" * 100):
        path.write_bytes(content)
        assert extent(path) == Extent(0, 0)


def test_a_kill_leaves_what_was_written(tmp_path: Path):
    path = tmp_path / "a.ogg"
    program = f"""
import sys, numpy as np
from agent.recording.ogg_opus import OggOpusWriter
file = open({str(path)!r}, "w+b", buffering=0)
writer = OggOpusWriter(file)
for n in range(10):
    writer.write((8000 * np.sin(np.arange(48000) / 20)).astype(np.int16))
print("written", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL)
    left = extent(path)
    assert 8_500 <= left.duration_ms <= 10_000
    _, interviewer = decoded(path.read_bytes()[: left.size_bytes])
    assert level_db(interviewer, 0.5, 8.0) > -30
