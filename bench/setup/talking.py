"""Runs a scripted conversation as text, with the dialogue and the understanding of the product."""

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from agent.setup.dialogue import SetupDialogue
from agent.setup.understanding import Understanding
from bench.setup.cues import Cues
from bench.setup.judging import names_every_field, says_yes, wrong_fields
from bench.setup.sets import Script
from prompts.setup.lines import load_setup_lines
from storage.models.setup import SetupDraft

MOST_TURNS = 20


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
        return wrong_fields(self.script, self.draft)

    @property
    def is_right(self) -> bool:
        note = self.script.note is None or self.script.note in (self.draft.remarks or "")
        tone = self.script.tone is None or self.script.tone == self.draft.tone
        return self.end == self.script.end and not self.wrong_fields and note and tone

    @property
    def was_read_back(self) -> bool:
        """Whether every field that was created had been read out, as it is."""
        return names_every_field(self.draft, " ".join(self.read_back))

    @property
    def was_agreed(self) -> bool:
        """Whether the candidate's last words say yes. Judged apart from the product's own reading."""
        last = next((words for who, words in reversed(self.said) if who == "candidate"), "")
        return says_yes(self.script, last)


async def talk(script: Script, understanding: Understanding, *, seed: int = 1, patient: bool = False) -> Talk:
    """
    Args:
        patient: who isn't understood says it again, as by voice; else that ends it.
    """
    return await _Talking(script, understanding, seed, patient=patient).run()


class _Talking:
    def __init__(self, script: Script, understanding: Understanding, seed: int, *, patient: bool) -> None:
        self._script = script
        self._understanding = understanding
        self._dialogue = SetupDialogue(SetupDraft(), name="Robin", lines=load_setup_lines(), rng=Random(seed))
        cues = Cues(script)
        self._next_words = cues.reply if patient else cues.next
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
            if (words := self._next_words(dialogue.asked)) is None:
                break
            talk.said.append(("candidate", words))
            reply = dialogue.heard(await self._understanding.understand(words, dialogue.draft, dialogue.asked))
        talk.draft = dialogue.draft
        return talk
