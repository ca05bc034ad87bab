"""The spoken set-up: what was said, what is known, and what is said next. Pure; knows no LiveKit."""
