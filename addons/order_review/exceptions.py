"""What a door raises when it may not open."""

from odoo.exceptions import UserError


class ReviewError(UserError):
    """Orders were not confirmed because they break review rules.

    A ``UserError``, so every client shows the message instead of a traceback.
    """
