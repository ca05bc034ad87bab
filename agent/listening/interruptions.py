"""Speech over the interviewer: a listener's sound, or somebody who wants the floor?"""

from collections.abc import Callable

from agent.listening.acknowledgements import is_acknowledgement, wants_the_floor

_GOING_ON_SEC = 2.5
"""Speech that begins this soon after the last turn's end goes on with it: the interviewer began too early."""
_GOING_ON_MIN_SPEECH_SEC = 0.15


class Interruptions:
    """Told by `TurnTaking` what is heard while the interviewer speaks; asks for the sound to stop.

    Args:
        min_speech_sec: unbroken speech of this length stops the interviewer, whatever its words are.
    """

    def __init__(
        self,
        *,
        min_speech_sec: float,
        interviewer_is_speaking: Callable[[], bool],
        on_interruption: Callable[[], None],
    ) -> None:
        self._min_speech_sec = min_speech_sec
        self._interviewer_is_speaking = interviewer_is_speaking
        self._on_interruption = on_interruption

    @property
    def interviewer_is_speaking(self) -> bool:
        return self._interviewer_is_speaking()

    def voiced(self, speech_sec: float, *, since_last_turn_sec: float) -> None:
        """The candidate's voice is heard now, unbroken for `speech_sec`, begun so long after their last turn."""
        goes_on = since_last_turn_sec < _GOING_ON_SEC
        least_sec = _GOING_ON_MIN_SPEECH_SEC if goes_on else self._min_speech_sec
        if self._interviewer_is_speaking() and speech_sec >= least_sec:
            self._on_interruption()

    def interim(self, text: str) -> None:
        """Text of speech that is going on. Only its words can stop the interviewer."""
        if self._interviewer_is_speaking() and wants_the_floor(text):
            self._on_interruption()

    def is_listening_sound(self, text: str, voiced_sec: float) -> bool:
        """Whether what is known of a sound over the interviewer only says "I'm listening"."""
        return is_acknowledgement(text, voiced_sec)

    def recognised(self, text: str, voiced_sec: float) -> None:
        """The words of speech over the interviewer are known."""
        if self._interviewer_is_speaking() and not self.is_listening_sound(text, voiced_sec):
            self._on_interruption()
