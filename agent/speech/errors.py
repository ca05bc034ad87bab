"""What speech set-up refuses."""


class SpeechSetupError(Exception):
    """A chosen stage can't be built. The message names the setting and what to do."""
