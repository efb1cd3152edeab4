from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import escape_psql, format_date
from odoo.tools.misc import babel_locale_parse, formatLang, get_lang

#: Badges of states: how good that is; whatever is not here is neither good nor bad.
_TONES = {
    "back_ordered": "warning",
    "cancelled": "light",
    "converted": "success",
    "delivered": "success",
    "exception": "danger",
    "expired": "light",
    "held": "info",
    "in_transit": "info",
    "on_hold": "warning",
    "open": "info",
    "out_for_delivery": "info",
    "partial": "info",
    "received": "success",
    "requested": "primary",
    "shipped": "success",
}


class TrackPosted(models.AbstractModel):
    """What the portal's lists of posted data search for, filter by and show.

    A kind says it in the attributes and methods that it overrides; record rules say
    which records there are.
    """

    _inherit = "track.posted"

    #: Fields that make the list; the first is the title of a row.
    _portal_shown = ()
    #: Fields that only the worksheet has besides.
    _portal_more = ()
    #: Fields that are said together with the unit.
    _portal_amounts = ()
    #: Where each way to search looks: ``{key: paths of fields}``.
    _portal_paths = {}
    _portal_state = None

    @api.model
    def _portal_find(self, key, text):
        """What has a text.

        :param str key: of ``_portal_paths``, or ``all``
        :param str text: part of what is searched for
        :rtype: Domain
        """
        if key == "all":
            return Domain.OR(self._portal_find(one, text) for one in self._portal_paths)
        part = escape_psql(text)
        return Domain.OR(
            Domain(path, "ilike", part) for path in self._portal_paths[key]
        )

    @api.model
    def _portal_filters(self):
        """Choices of records, the one that is preset first.

        :return: ``{key: (label, domain)}``
        :rtype: dict
        """
        return {"all": (self.env._("All"), Domain.TRUE)}

    @api.model
    def _portal_sortings(self):
        """Ways to sort, the one that is preset first; each ends in the id.

        :return: ``{key: (label, order)}``
        :rtype: dict
        """
        return {
            "newest": (self.env._("Last Changed"), "posted_at desc NULLS LAST, id desc")
        }

    @api.model
    def _portal_groups(self):
        """What records are put together by.

        :return: ``{key: (label, field)}``; the field is empty for no groups
        :rtype: dict
        """
        groups = {
            "none": (self.env._("None"), ""),
            "distributor": (self.env._("Distributor"), "distributor_id"),
        }
        if "showroom_id" in self._fields:
            groups["showroom"] = (self.env._("Showroom"), "showroom_id")
        if self._portal_state:
            groups["status"] = (self.env._("Status"), self._portal_state)
        return groups

    @api.model
    def _portal_made_here(self):
        """What was made in the portal and the distributor has not posted yet.

        :rtype: Domain
        """
        return Domain("origin", "=", "portal") & Domain("post_id", "=", False)

    # === WORDS === #

    def _portal_text(self, name):
        """The value of a field as a reader sees it.

        :param str name: of a field
        :rtype: str
        """
        self.ensure_one()
        value = self[name]
        kind = self._fields[name].type
        if kind == "many2one":
            return value.sudo().name or ""
        if kind == "date":
            return format_date(self.env, value) if value else ""
        if kind == "selection":
            return dict(self._fields[name]._description_selection(self.env)).get(
                value, ""
            )
        if kind == "boolean":
            return self.env._("Yes") if value else ""
        if kind in ("float", "integer"):
            if not value and name not in self._portal_amounts:
                return ""
            number = formatLang(
                self.env, value, digits=0 if value == round(value) else 2
            )
            unit = name in self._portal_amounts and self.unit
            return f"{number} {unit}" if unit else number
        return value or ""

    def _portal_badge(self):
        """The state in words, and Bootstrap's word for how good it is.

        :return: ``(text, tone)``, or nothing
        :rtype: tuple
        """
        if not self._portal_state:
            return ()
        state = self[self._portal_state]
        return self._portal_text(self._portal_state), _TONES.get(state, "secondary")

    def _portal_age(self):
        """How old what is said of it is.

        :rtype: str
        """
        self.ensure_one()
        if not self.as_of:
            return ""
        ago = format_timedelta(
            self.as_of - fields.Datetime.now(),
            add_direction=True,
            locale=babel_locale_parse(get_lang(self.env).code),
        )
        if self.origin == "portal" and not self.post_id:
            return self.env._("Made in the portal %(ago)s", ago=ago)
        return self.env._("Posted %(ago)s", ago=ago)

    def _portal_url(self):
        """The address of the page of one record; empty for kinds without one."""
        return ""

    def _portal_warning(self):
        """What is pressing about a record, in a few words; empty for nothing."""
        return ""
