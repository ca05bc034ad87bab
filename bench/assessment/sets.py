"""The labelled sets. `final` is only for the final table."""

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from prompts.question_bank import load_bank
from prompts.yaml_files import read_yaml
from storage.models.interview import QuestionKind

Part = Literal["dev", "final"]
Label = Literal["yes", "partly", "no"]
Strength = Literal["weak", "fair", "strong"]
STRENGTHS: tuple[Strength, ...] = ("weak", "fair", "strong")

SETS_DIR = Path(__file__).parent / "sets"
SAF_FILE = SETS_DIR / "saf_answers.csv.gz"
_FEWEST_WORDS = 4
"""Three answers of SAF have one to three words; they are no answers."""


@dataclass(frozen=True)
class LabelledAnswer:
    question_id: str
    kind: QuestionKind
    part: Part
    strength: Strength
    text: str
    points: dict[str, Label]
    story: dict[str, Label]


@dataclass(frozen=True)
class Negated:
    """An answer that says the opposite of one point."""

    question_id: str
    point_id: str
    part: Part
    text: str


@dataclass(frozen=True)
class Paraphrase:
    question_id: str
    part: Part
    text: str
    paraphrase: str


@dataclass(frozen=True)
class Graded:
    """An answer of SAF with the graders' score, 0 to 1."""

    question_id: str
    question: str
    reference: str
    answer: str
    score: float
    is_wrong: bool


def labelled_answers(part: Part | None = None) -> list[LabelledAnswer]:
    """Question by question, each weak, fair, strong."""
    entries: list[Any] = [
        entry for name in ("technical", "behavioral") for entry in read_yaml(SETS_DIR / f"answers-{name}.yaml")
    ]
    return [
        LabelledAnswer(
            question_id=entry["question_id"],
            kind=load_bank().question(entry["question_id"]).kind,
            part=entry["set"],
            strength=strength,
            text=entry["answers"][strength]["text"].strip(),
            points=entry["answers"][strength]["points"],
            story=entry["answers"][strength].get("story", {}),
        )
        for entry in entries
        if part in (None, entry["set"])
        for strength in STRENGTHS
    ]


def negated_answers() -> list[Negated]:
    return [
        Negated(entry["question_id"], entry["point_id"], entry["set"], entry["text"].strip())
        for name in ("technical", "behavioral")
        for entry in read_yaml(SETS_DIR / f"negated-{name}.yaml")
    ]


def paraphrases() -> list[Paraphrase]:
    return [
        Paraphrase(entry["question_id"], entry["set"], entry["text"].strip(), entry["paraphrase"].strip())
        for entry in read_yaml(SETS_DIR / "paraphrases.yaml")
    ]


def injections() -> list[str]:
    return [text.strip() for text in read_yaml(SETS_DIR / "injections.yaml")["answers"]]


def passages(kind: str) -> list[tuple[Part, str]]:
    """Texts of off-topic.yaml of one kind, with the set that each belongs to."""
    content = read_yaml(SETS_DIR / "off-topic.yaml")
    parts: Sequence[Part] = ("dev", "final")
    return [(part, text.strip()) for part in parts for text in content[part][kind]]


def saf_answers() -> list[Graded]:
    """Real answers only: with the 272 empty submissions every method looks twice as good."""
    with gzip.open(SAF_FILE, "rb") as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read().decode("utf-8"))))
    return [
        Graded(
            question_id=row["qid"],
            question=row["question"],
            reference=row["desired_answer_raw"],
            answer=row["student_answer"],
            score=float(row["score_norm"]),
            is_wrong=row["label"] == "Incorrect",
        )
        for row in rows
        if len(row["student_answer"].split()) >= _FEWEST_WORDS
    ]
