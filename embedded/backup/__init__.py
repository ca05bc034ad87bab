"""The data of this machine in one file, and back: what `make backup` and `make restore` do."""
