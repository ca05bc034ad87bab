"""Shapes that cross a process boundary, one module per noun.

Pydantic models only. Everything that the token server, the worker, the assessor and the store exchange is
defined here and nowhere else. This package imports no database client, so every process may import it.
"""
