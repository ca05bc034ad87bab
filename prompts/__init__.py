"""Prompts: one Markdown file per use, loaded by name, strict about names and variables.

A prompt names its variables as `{{question}}`. Values are inserted as data in a single pass: braces inside a value
are never expanded again. Words that a person said or pasted (an answer, a job description, a display name) stand only
in variables that the file marks `{{answer|fenced}}`. Those are put on lines of their own between `<answer>` and
`</answer>`, and angle brackets in the value are replaced, so that no value can close its own fence. Callers pass such
words in fenced variables and nowhere else.
"""

import re
from functools import lru_cache
from pathlib import Path

from prompts.versions import content_version

PROMPTS_DIR = Path(__file__).parent
_VARIABLE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*(\|\s*fenced\s*)?\}\}")
_ANGLE_BRACKETS = str.maketrans({"<": "‹", ">": "›"})


class PromptError(ValueError):
    """A prompt was asked for that isn't there, or with the wrong variables."""


def prompt_names() -> tuple[str, ...]:
    """Every prompt, by its path below prompts/ without the ending: `follow_up`, `rubrics/technical`."""
    files = PROMPTS_DIR.rglob("*.md")
    return tuple(sorted(file.relative_to(PROMPTS_DIR).with_suffix("").as_posix() for file in files))


def prompt_variables(name: str) -> frozenset[str]:
    """The variables that `load_prompt` needs for this prompt."""
    return frozenset(match[1] for match in _VARIABLE.finditer(_read(name)))


def prompt_version(*names: str) -> str:
    """A version that changes with any word of any of these prompts.

    Raises:
        PromptError: A name is unknown.
    """
    return content_version(1, (_path(name) for name in names))


def load_prompt(name: str, /, **variables: str) -> str:
    """The text of a prompt with its variables filled in.

    Raises:
        PromptError: The name is unknown, or a variable is missing or surplus.
    """
    text = _read(name)
    needed, given = prompt_variables(name), frozenset(variables)
    if missing := needed - given:
        raise PromptError(f"prompt {name!r} needs {sorted(missing)}")
    if surplus := given - needed:
        raise PromptError(f"prompt {name!r} has no {sorted(surplus)}")

    def value_of(match: re.Match[str]) -> str:
        variable, fenced = match[1], match[2] is not None
        return _fenced(variable, variables[variable]) if fenced else variables[variable].strip()

    return _VARIABLE.sub(value_of, text)


def _fenced(variable: str, value: str) -> str:
    return f"<{variable}>\n{value.strip().translate(_ANGLE_BRACKETS)}\n</{variable}>"


@lru_cache
def _read(name: str) -> str:
    return _path(name).read_text(encoding="utf-8").strip()


def _path(name: str) -> Path:
    if name not in prompt_names():
        raise PromptError(f"no prompt {name!r}; there are {list(prompt_names())}")
    return PROMPTS_DIR / f"{name}.md"
