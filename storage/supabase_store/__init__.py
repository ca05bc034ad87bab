"""The store and the accounts on Supabase: the only code that imports its client.

async with open_supabase_store(url, publishable_key, secret_key) as store: ...
async with open_supabase_auth(url, publishable_key) as auth: ...
"""

from storage.supabase_store.auth import SupabaseAuth, open_supabase_auth
from storage.supabase_store.store import SupabaseStore, open_supabase_store

__all__ = ["SupabaseAuth", "SupabaseStore", "open_supabase_auth", "open_supabase_store"]
