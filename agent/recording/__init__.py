"""Recording of an interview's sound, where its candidate consented: both sides in one Ogg/Opus file per job.

`source.py`, `tap.py`: what passes by is handed over. `lanes.py`, `mixer.py`: it is put where it was heard.
`ogg_opus.py`: encoded and written page by page. `recorder.py` does that beside the event loop. `shelf.py`,
`sending.py`: files wait on disk until the token server has them.
"""
