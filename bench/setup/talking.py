"""Runs a scripted conversation as text, with the dialogue and the understanding of the product."""

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from agent.setup.dialogue import SetupDialogue
from agent.setup.understanding import Understanding
from bench.setup.sets import YES, Script
from prompts.lines import spoken_count
from prompts.setup.lines import load_setup_lines
from storage.models.setup import NEEDED_FIELDS, SetupDraft

MOST_TURNS = 20
_SAYS_YES = re.compile(
    r"\b(?:yes|yeah|yep|right|correct|perfect|exactly|go ahead|create|do it|that's it|that's fine|sounds good)\b", re.I
)


@dataclass
class Talk:
    """What came of one."""

    script: Script
    draft: SetupDraft = field(default_factory=SetupDraft)
    end: Literal["confirmed", "left", "stuck"] = "stuck"
    said: list[tuple[Literal["assistant", "candidate"], str]] = field(default_factory=list)
    read_back: list[str] = field(default_factory=list[str])

    @property
    def turns(self) -> int:
        """Of the candidate."""
        return sum(who == "candidate" for who, _ in self.said)

    @property
    def wrong_fields(self) -> list[str]:
        wanted = self.script.draft
        return [name for name in NEEDED_FIELDS if _plain(getattr(self.draft, name)) != _plain(getattr(wanted, name))]

    @property
    def is_right(self) -> bool:
        note = self.script.note is None or self.script.note in (self.draft.job_description or "")
        tone = self.script.tone is None or self.script.tone == self.draft.tone
        return self.end == self.script.end and not self.wrong_fields and note and tone

    @property
    def was_read_back(self) -> bool:
        """Whether every field that was created had been read out, as it is."""
        read = " ".join(self.read_back).casefold()
        draft = self.draft
        words = [draft.role, draft.interview_type, draft.level, spoken_count(draft.question_count or 0, "question")]
        return all(word.casefold() in read for word in (*words, *(draft.technologies or [])) if word)

    @property
    def was_agreed(self) -> bool:
        """Whether the candidate's last words say yes. Judged apart from the product's own reading."""
        last = next((words for who, words in reversed(self.said) if who == "candidate"), "")
        return bool(_SAYS_YES.search(last))


async def talk(script: Script, understanding: Understanding, *, seed: int = 1) -> Talk:
    return await _Talking(script, understanding, seed).run()


class _Talking:
    def __init__(self, script: Script, understanding: Understanding, seed: int) -> None:
        self._script = script
        self._understanding = understanding
        self._dialogue = SetupDialogue(SetupDraft(), name="Robin", lines=load_setup_lines(), rng=Random(seed))
        self._opening = list(script.says)
        self._answers = {asked: list(answers) for asked, answers in script.at.items()}
        self._edits = dict(script.edits)
        self._talk = Talk(script)

    async def run(self) -> Talk:
        dialogue, talk = self._dialogue, self._talk
        reply = dialogue.open()
        while talk.turns <= MOST_TURNS:
            if reply.text:
                talk.said.append(("assistant", reply.text))
                dialogue.spoken(reply.text, interrupted=False)
            if reply.reads_back:
                talk.read_back.append(reply.reads_back)
            if reply.step != "listen":
                talk.end = "confirmed" if reply.step == "create" else "left"
                break
            if (edit := self._edits.pop(dialogue.asked, None)) is not None:
                draft = SetupDraft.model_validate({**dialogue.draft.model_dump(), **edit})
                edited = dialogue.edited(draft)
                if edited is not None:
                    reply = edited
                    continue
            if (words := self._next_words()) is None:
                break
            talk.said.append(("candidate", words))
            reply = dialogue.heard(await self._understanding.understand(words, dialogue.draft, dialogue.asked))
        talk.draft = dialogue.draft
        return talk

    def _next_words(self) -> str | None:
        if self._opening:
            return self._opening.pop(0)
        asked = self._dialogue.asked
        if left := self._answers.get(asked):
            return left.pop(0)
        return YES if asked == "confirm" else None


def _plain(value: Any) -> Any:
    """Capitals and the order of technologies don't matter."""
    if isinstance(value, list):
        return sorted(name.casefold() for name in value)
    return value.casefold() if isinstance(value, str) else value
