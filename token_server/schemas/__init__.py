"""Bodies and answers of the HTTP contract, one module per noun. docs/api.md describes the calls."""
