"""Reading what people upload: bytes of a job description or résumé to clean text, within limits.

`reader.py` is the whole. What is hostile by nature, PDF and Word files, is read in a process of its own
(`extraction.py`), with limits and without any of our secrets.
"""
