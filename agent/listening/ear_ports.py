"""What the ears report to, and what they may ask of a recogniser."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from agent.listening.turns import Recognised, VoiceWindow


class Listener(Protocol):
    """What the ears report to. `TurnTaking` is one."""

    def hear(self, window: VoiceWindow) -> None: ...
    def predicted(self, probability: float) -> None: ...
    def recognised(self, heard: Recognised) -> None: ...
    def interim(self, text: str) -> None: ...
    def settled(self) -> None: ...


@runtime_checkable
class Expectant(Protocol):
    """A recogniser that can be told what to expect while it listens. The one on this machine is."""

    def expect(self, vocabulary: Sequence[str], choices: Sequence[str] = ()) -> None: ...


@runtime_checkable
class KnowsWhatItOwes(Protocol):
    """A stream of recognition that can say how far it is. The one on this machine can."""

    @property
    def is_behind(self) -> bool:
        """Words are on their way."""
        ...

    @property
    def settled(self) -> bool:
        """Nothing more will come about anything heard so far."""
        ...


class PauseWatcher(Protocol):
    """What wants to know about a pause sooner than turn taking does. `BackChannels` is one."""

    def hear(self, window: VoiceWindow) -> None: ...
    def wants_prediction(self) -> bool:
        """Asked after each window: whether to ask the turn detector now."""
        ...

    def predicted(self, probability: float) -> None:
        """The answer; none comes if turn taking asked in the meantime."""
        ...
