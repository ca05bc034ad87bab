"""Speech to text, text to speech and language model by settings: hosted plugins, adapters for models on this machine."""
