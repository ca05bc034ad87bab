"""What is stored, and how it is reached: models, the store protocol, and its Supabase implementation."""
