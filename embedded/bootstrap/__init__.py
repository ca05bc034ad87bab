"""Fetches and builds what a bare machine lacks. Standard library only: it runs before anything is installed."""
