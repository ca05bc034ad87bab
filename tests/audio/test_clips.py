"""The recorded speech is complete, and what is used for tuning is not used for measuring."""

import json

import pytest

from tests.support.candidate.audio import SAMPLE_RATE, load_mono
from tests.support.candidate.clips import CLIPS_DIR, ClipIndex, clip_files
from tests.support.transcript import content_share, keeps_its_end

pytestmark = pytest.mark.unit


def test_every_listed_clip_is_there_in_every_voice_and_nothing_else():
    index = ClipIndex.load()
    listed = {path for clip in index.clips for voice in index.voices_of(clip) for path in clip_files(clip, voice)}
    assert listed == set(CLIPS_DIR.glob("*.ogg"))
    recorded = json.loads((CLIPS_DIR / "clips.json").read_text(encoding="utf-8"))
    assert set(recorded) == {f"{clip.id}.{voice}" for clip in index.clips for voice in index.voices_of(clip)}


def test_the_clips_stay_small():
    assert sum(path.stat().st_size for path in CLIPS_DIR.iterdir()) < 6_000_000


def test_development_and_test_answers_share_neither_voice_nor_text():
    index = ClipIndex.load()
    assert not set(index.voices["dev"]) & set(index.voices["test"])
    answers = [clip for clip in index.clips if clip.kind in ("answer", "long", "unfinished", "trailing")]
    assert {clip.set for clip in answers} == {"dev", "test"}
    texts = {part: clip.set for clip in answers for part in clip.parts}
    assert all(texts[part] == clip.set for clip in answers for part in clip.parts)


def test_complete_answers_take_four_to_twelve_seconds():
    index = ClipIndex.load()
    for clip in index.clips:
        if clip.kind == "answer":
            for voice in index.voices_of(clip):
                seconds = len(load_mono(clip_files(clip, voice)[0])) / SAMPLE_RATE
                assert 4 <= seconds <= 12, f"{clip.id}.{voice} takes {seconds:.1f} s"


def test_a_small_error_of_the_recogniser_is_not_a_lost_end():
    said = "I ask questions rather than give orders, and I always say what I liked."
    assert keeps_its_end(said, "I ask questions rather than give orders and I always say what I like.")
    assert not keeps_its_end(said, "I ask questions rather than give orders.")


def test_words_count_only_in_the_order_in_which_they_were_said():
    said = "first the cache then the database"
    assert content_share(said, "first a cache, then a database") == 1.0
    assert content_share(said, "database cache first") < 0.7
