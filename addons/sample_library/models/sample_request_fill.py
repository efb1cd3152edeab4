"""Samples came in: who asked first gets them first."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.trade_network.context import as_system

from .sample_request_answer import Answer


class SampleRequestLine(models.Model):
    _inherit = "sample.request.line"

    def _fill(self, count):
        """Share what came in among lines, in the order in which they were asked for.

        :param int count: pieces that came in
        :return: pieces per line, only lines that get any; never more than came in
        :rtype: dict[SampleRequestLine, int]
        """
        shares = {}
        for line in self.sorted(lambda line: (line.requested_at, line.id)):
            pieces = min(line.open_qty, count)
            if pieces <= 0:
                break
            shares[line] = pieces
            count -= pieces
        return shares


class SampleRequest(models.Model):
    _inherit = "sample.request"

    @api.model
    def _waiting_lines(self, domain):
        """Lines that the user's sample department has not closed, oldest first.

        :param domain: more conditions on ``sample.request.line``
        :return: ``sample.request.line`` with the rights of the superuser
        """
        ours = self.env["sample.request"]._search(self._desk_domain())
        return as_system(self.env["sample.request.line"]).search_fetch(
            Domain("state", "in", ("new", "partial", "backorder"))
            & Domain("request_id", "in", ours)
            & Domain(domain),
            order="requested_at, id",
        )

    @api.model
    def _propose_fill(self, item_id, count):
        """Who gets what of an item that came in.

        Duplicates are left out: somebody decides on each of them.

        :param int item_id: ``sample.item``
        :param int count: pieces that came in
        :return: pieces per line, and the lines that were left out
        :rtype: tuple[dict[SampleRequestLine, int], SampleRequestLine]
        """
        lines = self._waiting_lines([("item_id", "=", item_id)])
        twins = lines.browse([line.id for line in lines._twins()])
        return (lines - twins)._fill(count), twins

    @api.model
    def _ship_fill(self, item_id, count, expected, *, key):
        """Ship what came in, as it was proposed.

        :param dict[int, int] expected: pieces per id of a line, as the person saw it
        :param str key: random, of the form
        :return: requests something was shipped for; none if the form was done before
        :raise UserError: if it would be shared differently by now; nothing is done then
        """
        shares, _twins = self._propose_fill(item_id, count)
        if key and self.env["sample.request.entry"].sudo().search_count(
            [("form_key", "=", key)], limit=1
        ):
            return self.browse()
        if not expected or {line.id: some for line, some in shares.items()} != expected:
            raise UserError(
                self.env._(
                    "Something was answered or asked for meanwhile. Look at who gets "
                    "what now, and confirm again."
                )
            )
        lines = next(iter(shares)).union(*shares)
        requests_sudo = lines.request_id
        requests_sudo._hold()
        for request, some in lines.grouped("request_id").items():
            request._answer(
                [
                    Answer(line_id=line.id, kind="ship", quantity=shares[line])
                    for line in some
                ],
                answered_by=self.env.user.name,
                key=key,
            )
        return requests_sudo
