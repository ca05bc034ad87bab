"""A person, and the tokens that speak for them."""

from datetime import datetime

from storage.models.base import Model


class AuthUser(Model):
    id: str
    email: str
    display_name: str
    """As given at sign-up. The current one is in the profile (`Store.display_name`)."""


class AuthSession(Model):
    """What signing in gives. Supabase's access token is a JWT that its REST API takes until `expires_at`."""

    user: AuthUser
    access_token: str
    refresh_token: str
    expires_at: datetime


class ConfirmationRequired(Model):
    """The account may be new or old: the answer must not tell."""

    email: str
