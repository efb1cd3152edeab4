"""What a door raises when it may not open."""

from odoo.exceptions import UserError


class ReviewError(UserError):
    """Orders were not confirmed because they break review rules.

    A ``UserError``, so every client shows the message instead of a traceback.
    """

    def __init__(self, message, reasons=None):
        """Keep the reasons apart from the text, for callers that list them.

        :param str message: everything in one text
        :param dict reasons: ``{order id: [why it is held]}``
        """
        super().__init__(message)
        self.reasons = reasons or {}
