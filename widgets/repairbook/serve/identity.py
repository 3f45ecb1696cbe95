"""Who is at the door, and whose workbook it is."""

from __future__ import annotations

import hmac
from typing import Any

from jupyter_server.auth import Authorizer, IdentityProvider, User
from tornado.web import RequestHandler
from traitlets import Unicode

LOCAL = "local"


class KeyHolder(IdentityProvider):
    """The one person of this computer: whoever brings the key of the printed link."""

    once = Unicode(
        "", config=True, help="A key that opens the door a single time, for the browser we start ourselves."
    )

    def fits(self, key: str) -> bool:
        """Say whether the key opens the door; the single-use key is spent by being used."""
        if not key:
            return False
        if self.token and hmac.compare_digest(key.encode(), str(self.token).encode()):
            return True
        if self.once and hmac.compare_digest(key.encode(), self.once.encode()):
            self.once = ""
            return True
        return False

    async def get_user_token(self, handler: RequestHandler) -> User | None:
        """Name the person if the request carries a fitting key."""
        return self.person() if self.fits(self.get_token(handler) or "") else None

    def process_login_form(self, handler: RequestHandler) -> User | None:
        """Name the person if the form carries a fitting key."""
        return self.person() if self.fits(handler.get_argument("password", default="").strip()) else None

    def generate_anonymous_user(self, handler: RequestHandler) -> User:
        """Name the one local person; nobody here is anonymous."""
        return self.person()

    @property
    def auth_enabled(self) -> bool:
        """Always ask."""
        return True

    def get_handlers(self) -> list[tuple[str, object]]:
        """Leave the login page to the app."""
        return []

    @staticmethod
    def person() -> User:
        """Give the local person."""
        return User(username=LOCAL, name=LOCAL, display_name=LOCAL, initials="L")


class KernelOwner(Authorizer):
    """Every workbook belongs to the person who opened it; nobody else reaches it."""

    def is_authorized(self, handler: Any, user: User, action: str, resource: str) -> bool:
        """Refuse a running workbook to everybody but its owner."""
        kernel_id = handler.path_kwargs.get("kernel_id")
        if kernel_id is None and handler.path_args:
            kernel_id = handler.path_args[0]
        return owns(handler.kernel_manager, user, kernel_id)


def owns(kernels: Any, user: User | None, kernel_id: str | None) -> bool:
    """Say whether this workbook is the person's own; one that is not there belongs to nobody."""
    if user is None:
        return False
    if kernel_id is None or kernel_id not in kernels:
        return True
    return bool(kernels.owners.get(kernel_id) == user.username)
