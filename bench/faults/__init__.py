"""The fault bench: what a candidate loses, hears twice and waits for when a process is killed under an interview."""
