"""What two or more assessments say together. Pure: models in, answers out.

scale.py says when scores can be held against each other, comparison.py holds two attempts against each other, trends.py
follows scores, recurring.py finds areas that come again, and progress.py puts the last two together.
"""
