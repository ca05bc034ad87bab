"""Who is calling: access tokens, cookies, cross-site requests, rate limits, and the dependencies that routes use."""
