"""What runs on this machine when no account is given: livekit-server, Supabase lite, the on-device models.

`python3 -m embedded.bootstrap` fetches it, `python -m embedded` starts it together with our own processes.
"""
