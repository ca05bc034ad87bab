"""Questions as a model would write them for a plan, every one without a fault and unlike the others."""

import json
import re
from itertools import count
from typing import Any

from storage.models.interview import QuestionKind
from tests.fakes.llm_server import ChatRequest

_WANTED = re.compile(r"One (behavioral|technical) question for the level")
_THINGS = (
    *("kettle bridge lantern", "harbour violin carpet", "meadow pencil engine", "window garden trumpet"),
    *("ladder piano mirror", "castle button ribbon", "tunnel saddle pepper", "island candle hammer"),
    *("basket rocket marble", "forest needle pocket", "temple magnet barrel", "canyon feather anchor"),
    *("bottle glacier pillow", "desert compass helmet", "orchard drum wagon", "cellar kite paddle"),
    *("lagoon puppet shovel", "quarry cymbal blanket", "valley lever napkin", "chapel bucket spindle"),
)


def wanted_kind(request: ChatRequest) -> QuestionKind:
    found = _WANTED.search(str(request.messages[0]["content"]))
    assert found is not None
    return "behavioral" if found[1] == "behavioral" else "technical"


def written_question(kind: QuestionKind = "technical", number: int = 0, **changes: Any) -> dict[str, Any]:
    """Another one for each number below twenty."""
    one, other, third = _THINGS[number].split()
    text = f"How would you keep the {one} and the {other} apart when the {third} moves?"
    if kind == "behavioral":
        text = f"Tell me about a time when the {one} and the {other} got in the way of the {third}."
    story = [
        {"part": "situation", "shows": "what went wrong"},
        {"part": "action", "shows": "what they did themselves"},
        {"part": "result", "shows": "how it ended"},
    ]
    given: dict[str, Any] = {
        "kind": kind,
        "text": text,
        "expected_points": [
            {
                "claim": "Measures first and compares with yesterday",
                "paraphrases": ["I look at the figures of the day before", "I begin with a measurement"],
                "keywords": [["figures", "measurement"]],
                "importance": "must",
            },
            {
                "claim": "Writes a small test that shows the fault",
                "paraphrases": ["I reproduce it in a tiny test", "a failing test proves what is broken"],
                "keywords": [["test", "reproduce"]],
                "importance": "must",
            },
            {
                "claim": "Rolls out slowly and watches",
                "paraphrases": [
                    "I release it to a few people at first",
                    "a little at a time, watching the graphs",
                ],
                "keywords": [["release", "slowly", "graphs"]],
                "importance": "bonus",
            },
        ],
        "misconceptions": [{"claim": "Restarting everything is always enough", "contradicts": 2}],
        "follow_ups": ["What would you do if that didn't help?", "Whom would you ask, and when?"],
        "hint": "Think of the order in which you would go about it.",
        "story": story if kind == "behavioral" else [],
        "answer_sec": 90,
    }
    return given | changes


class QuestionWriter:
    """For `ScriptedLlm.answer`: a question of the wanted kind, a new one each time."""

    def __init__(self) -> None:
        self._numbers = count()

    def __call__(self, request: ChatRequest) -> str:
        return json.dumps(written_question(wanted_kind(request), next(self._numbers) % len(_THINGS)))


def is_repair(request: ChatRequest) -> bool:
    return len(request.messages) > 1
