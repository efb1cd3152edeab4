"""Refuses what is a float for Python and no number for anybody else."""

import math

from odoo.exceptions import ValidationError


def refuse_not_finite(env, vals_list, field):
    """Raise if a value to store is not a finite number; PostgreSQL would take it.

    :param vals_list: dictionaries of values to create or write
    :param str field: name of a float field
    :raise ValidationError: before anything is stored
    """
    for vals in vals_list:
        value = vals.get(field)
        if isinstance(value, float) and not math.isfinite(value):
            raise ValidationError(env._("The quantity is not a number."))
