"""Transcript in, feedback out. docs/assessment.md says how each figure is made. Nothing here knows LiveKit."""
