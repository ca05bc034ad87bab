"""The bank: every question of the YAML files in behavioral/ and technical/, checked on loading."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from prompts.question_bank.schema import BankQuestion
from prompts.question_bank.vocabulary import technologies
from prompts.versions import content_version
from prompts.yaml_files import read_yaml
from storage.models.interview import PlannedQuestion, QuestionKey

BANK_DIR = Path(__file__).parent
_SHARED_FIELDS = ("kind", "topic", "competency")


class BankError(ValueError):
    """The files of the bank contradict each other or the schema."""


class QuestionBank:
    """All questions, in the stable order of their files."""

    def __init__(self, questions: Iterable[BankQuestion], version: str) -> None:
        self.questions = tuple(questions)
        self.version = version
        known = {technology.id for technology in technologies()}
        for question in self.questions:
            if unknown := set(question.technologies) - known:
                raise BankError(f"{question.question_id}: technologies.yaml doesn't know {sorted(unknown)}")
        if len(self._by_id) != len(self.questions):
            ids = [question.question_id for question in self.questions]
            raise BankError(f"question ids repeat: {sorted({i for i in ids if ids.count(i) > 1})}")

    @cached_property
    def _by_id(self) -> dict[str, BankQuestion]:
        return {question.question_id: question for question in self.questions}

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._by_id

    def question(self, question_id: str) -> BankQuestion:
        """Raises KeyError for an id that the bank doesn't have."""
        return self._by_id[question_id]

    def key(self, question_id: str) -> QuestionKey:
        return self.question(question_id).key()

    def planned(self, question_id: str, index: int) -> PlannedQuestion:
        question = self.question(question_id)
        return PlannedQuestion(question_id=question_id, index=index, kind=question.kind, text=question.text)


def _bank_files() -> list[Path]:
    return sorted([*BANK_DIR.glob("behavioral/*.yaml"), *BANK_DIR.glob("technical/*.yaml")])


BANK_VERSION = content_version(1, _bank_files())
"""Of the schema, then of the content: it changes with any word of any question."""


def read_questions(path: Path) -> list[BankQuestion]:
    """The questions of one file. `kind`, `topic` and `competency` stand once at its head and hold for each."""
    content: dict[str, Any] = read_yaml(path)
    shared = {name: content[name] for name in _SHARED_FIELDS if name in content}
    if surplus := set(content) - set(_SHARED_FIELDS) - {"questions"}:
        raise BankError(f"{path.name}: unknown {sorted(surplus)}")
    return [BankQuestion.model_validate(shared | question) for question in content["questions"]]


@lru_cache(maxsize=1)
def load_bank() -> QuestionBank:
    """The shipped bank. The first call reads the files; later ones return the same object."""
    return QuestionBank((question for file in _bank_files() for question in read_questions(file)), BANK_VERSION)
