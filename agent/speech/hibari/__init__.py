"""The hibari voice as a LiveKit TTS."""
