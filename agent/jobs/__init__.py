"""What a job may be: an interview of ours, a set-up of one, or a demo for whoever joins without our metadata."""
