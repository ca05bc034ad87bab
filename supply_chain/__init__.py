"""What we ship and build with, looked at: locks with hashes, licences that are allowed, known vulnerabilities."""
