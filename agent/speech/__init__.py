"""Speech to text, text to speech and language model by settings: hosted plugins, or models on this machine."""
