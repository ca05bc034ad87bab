"""Sentence embeddings on the device."""

from agent.assessment.embedding.minilm import MODEL_NAME, MiniLm, ModelMissingError, Vectors, without_direction

__all__ = ["MODEL_NAME", "MiniLm", "ModelMissingError", "Vectors", "without_direction"]
