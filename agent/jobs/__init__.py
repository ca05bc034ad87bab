"""What a job may be: an interview of ours, or a demo for whoever joins without our metadata."""
