"""Whisper on CTranslate2 with a short encoder window, as a streaming LiveKit STT."""
