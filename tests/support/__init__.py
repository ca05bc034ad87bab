"""Helpers that several kinds of test share, and the benchmarks with them."""
