-- An export is put together from what its person may read themselves (token_server/account/export.py).
drop function public.export_account(uuid);
drop function public.export_account_without_documents(uuid);
