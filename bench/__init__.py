"""Benchmarks: one command each, with their last results beside them."""
