"""How it listens: hearing, turn taking, acknowledgements, interruptions, silence. One behaviour, one module."""
