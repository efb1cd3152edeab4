"""What of a caller's context may reach records that the add-on makes itself."""

from odoo.tools import clean_context


def as_system(records):
    """Records with the rights of the superuser, and without the caller's defaults.

    Any field can be given by ``default_*`` in the context of a call. A user's own
    records are checked when they are made; those of the superuser are not, so what the
    add-on does not fill in must not come from outside.

    :param records: recordset of any model
    :return: the same records
    """
    return records.with_context(clean_context(records.env.context)).sudo()
