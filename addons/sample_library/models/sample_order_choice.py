from odoo import api, models
from odoo.fields import Domain

from odoo.addons.trade_network.const import DESIGNER, SALES_REP, SHOWROOM

from ..tags import storable

#: More words than anybody types to find a sample.
_MAX_WORDS = 6
_WORD_LENGTH = 60


class SampleOrder(models.Model):
    """What somebody who orders in the portal may choose from.

    He may read neither items nor partners; these methods look them up as superuser, and
    what a form brings back is looked up here again.
    """

    _inherit = "sample.order"

    @api.model
    def _portal_roles(self):
        """As what the user may order in the portal.

        :return: codes of roles; empty for those who may not
        :rtype: set[str]
        """
        return {
            code
            for code in (SHOWROOM, SALES_REP, DESIGNER)
            if self.env.user.has_group(f"trade_network.group_trade_{code}")
        }

    @api.model
    def _portal_orders_for_himself(self):
        """Whether the user is a designer and nothing else: the samples are for him."""
        return self._portal_roles() == {DESIGNER}

    @api.model
    def _portal_own_showroom(self):
        """The showroom the user works for.

        :return: ``res.partner`` with the rights of the superuser; empty if he is not of
            one
        """
        partner_sudo = self.env.user.partner_id.sudo()
        if SHOWROOM not in self._portal_roles():
            return partner_sudo.browse()
        # the nearest company; a showroom may also be one person
        circle = (partner_sudo.parent_id, partner_sudo.commercial_partner_id)
        return next((one for one in circle if one.is_showroom), partner_sudo)

    @api.model
    def _portal_showrooms(self):
        """Through which showrooms the user may order, by name.

        :return: ``res.partner`` with the rights of the superuser
        """
        roles = self._portal_roles()
        if SHOWROOM in roles:
            return self._portal_own_showroom()
        showrooms = self.env["res.partner"].sudo()
        if SALES_REP in roles:
            distributors = self.env.user.partner_id._trade_distributors()
            showrooms |= distributors._trade_partners(SHOWROOM).sudo()
        if DESIGNER in roles:
            libraries_sudo = self.env["sample.library"].sudo()
            showrooms |= libraries_sudo.search(
                [("company_id", "in", self.env.companies.ids)]
            ).partner_id
        return self._portal_usable(showrooms).sorted("name")

    def _portal_distributors(self):
        """Whom the user may ask, by name; through the order's showroom, if it has one.

        :return: ``res.partner`` with the rights of the superuser
        """
        partners = self.env.user.partner_id.sudo() | self._portal_own_showroom()
        if DESIGNER in self._portal_roles() and self.showroom_id:
            partners |= self.showroom_id & self._portal_showrooms()
        return self._portal_usable(partners._trade_distributors().sudo()).sorted("name")

    @api.model
    def _portal_usable(self, partners):
        """Those of some partners who may stand on an order of the user's company."""
        company = self.env.company
        empty = company.browse()
        return partners.filtered(
            lambda partner: partner.active and partner.company_id in (empty, company)
        )

    def _portal_items_domain(self):
        """What the user may put on the order.

        :rtype: Domain
        """
        return Domain("distributor_id", "in", self._portal_distributors().ids) & Domain(
            "company_id", "in", (False, self.env.company.id)
        )

    def _portal_items(self, text, limit):
        """Items by words of their name, pattern or color.

        :param str text: what was typed
        :param int limit: items at most
        :return: ``sample.item`` with the rights of the superuser
        """
        items_sudo = self.env["sample.item"].sudo()
        words = self._portal_words(text)
        if not words:
            return items_sudo
        domain = self._portal_items_domain()
        for word in words:
            domain &= Domain.OR(
                Domain(name, "ilike", word) for name in ("name", "pattern", "color")
            )
        return items_sudo.search(domain, limit=limit)

    @api.model
    def _portal_words(self, text):
        """The words of a search, each of which has to be found.

        :param str text: what was typed
        :rtype: list[str]
        """
        words = storable(text or "", _MAX_WORDS * _WORD_LENGTH).split()
        # typed percent signs are no wildcards
        return [
            word[:_WORD_LENGTH]
            .replace("\\", r"\\")
            .replace("%", r"\%")
            .replace("_", r"\_")
            for word in words[:_MAX_WORDS]
        ]

    def _portal_people_domain(self):
        """For whom the user may order: who was named before on requests he sees, and
        designers of the distributors he asks.

        :rtype: Domain
        """
        # as the user: what he may not see tells him no names
        requests = self.env["sample.request"].sudo(False)
        before = requests._read_group(
            requests._portal_domain() & Domain("person_id", "!=", False), ["person_id"]
        )
        ids = {person.id for (person,) in before}
        ids.update(self._portal_distributors()._trade_partners(DESIGNER).ids)
        if DESIGNER in self._portal_roles():
            ids.add(self.env.user.partner_id.id)
        return Domain("id", "in", list(ids)) & Domain(
            "company_id", "in", (False, self.env.company.id)
        )

    def _portal_people(self, text, limit):
        """For whom the user may order, by name.

        :param str text: words of the name or the firm; all people if empty
        :param int limit: people at most
        :return: ``res.partner`` with the rights of the superuser
        """
        domain = self._portal_people_domain()
        for word in self._portal_words(text):
            domain &= Domain("name", "ilike", word) | Domain(
                "commercial_company_name", "ilike", word
            )
        return (
            self.env["res.partner"].sudo().search(domain, order="name, id", limit=limit)
        )

    @api.model
    def _portal_library(self, showroom):
        """The library of a showroom, whose clerks see what is ordered."""
        return (
            self.env["sample.library"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", showroom.id),
                    ("company_id", "=", self.env.company.id),
                ],
                limit=1,
            )
        )
