"""The token server: the HTTP API, the page, and the only holder of the Supabase secret and the LiveKit key."""
