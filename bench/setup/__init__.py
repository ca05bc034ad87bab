"""Measures the spoken set-up: what comes of scripted conversations."""
