"""How much the server bears, and what it says beyond that."""
