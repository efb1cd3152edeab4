from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.trade_network.context import as_system

_OPEN = ("new", "working", "backorder")


class SampleRequest(models.Model):
    """Requests as those see them who asked."""

    _inherit = "sample.request"

    @api.model
    def _portal_domain(self):
        """What the user asked for, or somebody for him. Record rules come on top.

        A distributor reads what it is asked for elsewhere.

        :rtype: Domain
        """
        partner = self.env.user.partner_id
        own = partner | partner.parent_id | partner.commercial_partner_id
        return (
            Domain("user_id", "=", self.env.uid)
            | Domain("person_id", "=", partner.id)
            | Domain("rep_id", "=", partner.id)
            | Domain("showroom_id", "in", own.ids)
        )

    @api.model
    def _portal_state_domains(self):
        """What the filters of the list show.

        :rtype: dict[str, Domain]
        """
        waits = Domain("state", "in", _OPEN) & Domain(
            "line_ids", "any!", [("state", "=", "backorder")]
        )
        return {
            "open": Domain("state", "in", _OPEN),
            "backorder": waits,
            "done": Domain("state", "not in", _OPEN),
            "all": Domain.TRUE,
        }

    @api.model
    def _portal_search_domain(self, text):
        """Requests by number, designer, firm, project, distributor, sample or parcel.

        :param str text: what was typed; each word has to be found somewhere
        :rtype: Domain
        """
        domain = Domain.TRUE
        for word in self.env["sample.order"]._portal_words(text):
            # who may see a request may see its lines and answers
            domain &= (
                Domain("name", "ilike", word)
                | Domain("recipient_name", "ilike", word)
                | Domain("recipient_firm", "ilike", word)
                | Domain("project", "ilike", word)
                | Domain("distributor_name", "ilike", word)
                | Domain("line_ids", "any!", [("name", "ilike", word)])
                | Domain("entry_ids", "any!", [("tracking", "ilike", word)])
            )
        return domain

    @api.model
    def _portal_open_count(self):
        """How many requests of the user are open.

        :rtype: int
        """
        return self.search_count(
            self._portal_domain() & self._portal_state_domains()["open"]
        )

    def _portal_is_asker(self):
        """Whether the user, or a colleague in his company, ordered this.

        :rtype: bool
        """
        self.ensure_one()
        user_sudo, author_sudo = self.env.user.sudo(), self.sudo().user_id
        company_sudo = user_sudo.commercial_partner_id
        return author_sudo == user_sudo or (
            company_sudo.is_company
            and author_sudo.partner_id.commercial_partner_id == company_sudo
        )

    def _portal_cancel(self):
        """Give up what is open, for those who ordered it.

        :return: whether anything was open
        :rtype: bool
        :raise AccessError: for everybody else
        """
        self.check_access("read")
        if not self._portal_is_asker():
            raise AccessError(
                self.env._("Only those who ordered the samples cancel the request.")
            )
        request_sudo = as_system(self)
        request_sudo._hold()
        if not any(line.open_qty for line in request_sudo.line_ids):
            return False
        request_sudo._cancel()
        return True
