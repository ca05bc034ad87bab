"""The parts of an interview: each a coroutine with a typed result. Code decides, models only word follow-ups."""
