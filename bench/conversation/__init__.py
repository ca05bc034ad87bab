"""The conversation bench: what a candidate hears of turn taking, measured in a real room with recorded speech."""
