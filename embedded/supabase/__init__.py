"""The Supabase API that runs on this machine when no hosted project is configured: @supabase/lite on PGlite."""
