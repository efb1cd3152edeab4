from odoo import models

#: How a finding is shown: the classes of Bootstrap and Font Awesome.
_LOOKS = {
    "block": ("danger", "fa-times-circle"),
    "approve": ("warning", "fa-hourglass-half"),
    "warn": ("warning", "fa-exclamation-triangle"),
    "inform": ("info", "fa-info-circle"),
}

#: What is read of findings to show them.
_COLUMNS = (
    "order_id",
    "rule_id",
    "line_id",
    "product_id",
    "kind",
    "severity",
    "subject",
    "asked",
    "allowed",
    "used",
    "details",
    "decision_id",
)

#: The worst first.
_ORDER = ("block", "approve", "warn", "inform")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _review_findings(self):
        """What the rules found on one open order, brought up to date.

        Costs nothing while there is no rule.

        :rtype: sale.review.finding recordset, with superuser rights
        """
        findings = self.env["sale.review.finding"].sudo()
        open_order = self.sudo().filtered(
            lambda order: order.state in ("draft", "sent")
        )
        if not open_order or not self.env["sale.review.rule"]._get_book():
            return findings
        open_order._recompute_recordset(["review_state"])
        if "review_finding_ids" not in open_order._cache:
            # one statement for the rows and for their ids
            found = findings.search_fetch([("order_id", "=", open_order.id)], _COLUMNS)
            field = open_order._fields["review_finding_ids"]
            field._update_cache(open_order, found._ids)
        return open_order.review_finding_ids

    def _review_blockers(self):
        """What stands between the customer and his order, as far as is known.

        A payment that is asked for first is no obstacle: paying must be possible.
        """
        return self._review_findings().filtered(
            lambda finding: (
                finding.kind != "payment" and (finding.is_open or finding._is_pending())
            )
        )

    def _review_blockers_now(self):
        """The same, judged anew: holds end and quotas free up while time passes."""
        self._review_touch()
        return self._review_blockers()

    def _review_notices(self):
        """What the customer is told about the order, worst first.

        :return: dicts with ``finding``, ``severity``, ``level`` (a Bootstrap colour),
            ``icon``, ``label``, ``text``, ``lines`` (those shown in the cart)
        :rtype: list[dict]
        """
        by_product = self.order_line.grouped("product_id")
        notices = []
        for finding, severity in self._review_told():
            level, icon = _LOOKS[severity]
            notices.append(
                {
                    "finding": finding,
                    "severity": severity,
                    "level": level,
                    "icon": icon,
                    "label": self._review_label(severity),
                    "text": self._review_customer_text(finding),
                    "lines": self._review_shown_lines(finding, by_product),
                }
            )
        return sorted(notices, key=lambda notice: _ORDER.index(notice["severity"]))

    def _review_told(self):
        """Which findings the customer is told, and how grave they are for him.

        :return: pairs of ``sale.review.finding`` and a severity
        :rtype: list[tuple]
        """
        told = []
        for finding in self._review_findings():
            if finding._is_pending():
                # the customer has it done before he signs
                told.append((finding, "block"))
            elif finding.severity == "inform" or finding.kind == "payment":
                told.append((finding, "inform"))
            elif finding.is_open:
                told.append((finding, finding.severity))
        return told

    def _review_label(self, severity):
        return {
            "block": self.env._("To change"),
            "approve": self.env._("Needs our approval"),
            "warn": self.env._("To confirm"),
            "inform": self.env._("Note"),
        }[severity]

    def _review_customer_text(self, finding):
        if finding.kind == "payment" and not finding.rule_id.message:
            return self.env._(
                "%(amount)s must be paid with the order.",
                amount=self.currency_id.format(finding.asked),
            )
        return finding.customer_message

    def _review_shown_lines(self, finding, by_product):
        """Lines of the cart that a finding is about; parts of a combo count for it.

        :param dict by_product: the order's lines by product
        """
        lines = finding.line_id
        if finding.product_id:
            lines |= by_product.get(finding.product_id, lines)
        parts = lines.filtered("combo_item_id")
        return (lines - parts) | parts.linked_line_id

    def _review_notices_by_line(self):
        """The notices of each line.

        :return: ``{line id: [notice]}``
        """
        by_line = {}
        for notice in self._review_notices():
            for line in notice["lines"]:
                by_line.setdefault(line.id, []).append(notice)
        return by_line

    def _review_describedby(self, line, notices, limits):
        """Ids of the texts that belong to the quantity box of a line, for readers.

        :param line: ``sale.order.line`` shown
        :param dict notices: what :meth:`_review_notices_by_line` returned
        :param dict limits: limits by line id
        """
        ids = []
        if line.id in limits:
            ids.append(f"review_limit_{line.id}")
        if line.id in notices:
            ids.append(f"review_line_{line.id}")
        return " ".join(ids) or None

    def _review_step(self):
        """What the customer must do next, if anything.

        :return: ``change``, ``confirm``, ``approve`` or ``False``
        """
        severities = {severity for _finding, severity in self._review_told()}
        for severity, step in (
            ("block", "change"),
            ("warn", "confirm"),
            ("approve", "approve"),
        ):
            if severity in severities:
                return step
        return False

    def _review_refusal_text(self, findings):
        """Why a door stays shut, for the customer in front of it."""
        texts = [self._review_customer_text(finding) for finding in findings]
        return "\n".join(dict.fromkeys(texts))
