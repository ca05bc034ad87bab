"""Fakes for tests: whole implementations in memory, held to the same contract tests as the real parts."""
