"""How long a pause must last: detectors listen to recorded answers once, policies are replayed on what they said."""
