"""How well answers are judged, on sets with known truth."""
