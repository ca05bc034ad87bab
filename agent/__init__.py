"""The voice interviewer: a LiveKit agent worker, and the assessor that reads what it heard."""
