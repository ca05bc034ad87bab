"""Grading by a language model: any OpenAI-compatible server, several samples, the judge on this machine behind it."""
