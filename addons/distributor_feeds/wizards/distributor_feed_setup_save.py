from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..formats import FormatError
from ..mapping import MappingError
from ..models.distributor_feed_format import FORMAT_FIELDS


class DistributorFeedSetup(models.TransientModel):
    _inherit = "distributor.feed.setup"

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        help="What you will call it in lists: Borealis, hourly stock.",
    )
    others = fields.Char("Also Used By", compute="_compute_others")
    distributor_id = fields.Many2one("res.partner", domain=[("parent_id", "=", False)])
    account_id = fields.Many2one(
        "distributor.account",
        compute="_compute_account_id",
        store=True,
        readonly=False,
        domain="[('distributor_id', '=', distributor_id)]",
        help="Your account at the distributor. Empty: one is made.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        help="Of prices whose file does not name one.",
    )
    load_now = fields.Boolean(
        "Load the Sample at Once",
        default=True,
        help="The sample becomes the feed's first file.",
    )

    @api.depends("file_name", "profile_id")
    def _compute_name(self):
        for setup in self:
            stem = (setup.file_name or "").partition(".")[0]
            setup.name = setup.profile_id.name or setup.name or stem

    @api.depends("distributor_id")
    def _compute_account_id(self):
        found = self.env["distributor.account"].search(
            [
                ("distributor_id", "in", self.distributor_id.ids),
                ("company_id", "in", [self.env.company.id, False]),
            ]
        )
        for setup in self:
            setup.account_id = found.filtered(
                lambda account, setup=setup: (
                    account.distributor_id == setup.distributor_id
                )
            )[:1]

    @api.depends("account_id", "feed_id")
    def _compute_currency_id(self):
        for setup in self:
            account = setup.feed_id.account_id or setup.account_id
            setup.currency_id = account.currency_id or self.env.company.currency_id

    @api.depends("profile_id", "feed_id")
    def _compute_others(self):
        """Name the other feeds that will be read in another way."""
        for setup in self:
            feeds = (
                setup.profile_id.sudo().with_context(active_test=False).feed_ids
                - setup.feed_id
            )
            seen = feeds.filtered(
                lambda feed: feed.company_id.id in [False, *self.env.companies.ids]
            )
            names = [f"{feed.distributor_id.name}: {feed.name}" for feed in seen]
            if hidden := len(feeds) - len(seen):
                names.append(self.env._("%s feeds of other companies", hidden))
            setup.others = ", ".join(names)

    def action_save(self):
        """Keep the format; make account and feed where the set-up is of a new feed.

        :raise AccessError: for anybody who may not set feeds up
        :raise UserError: something is missing or cannot be followed
        """
        self.ensure_one()
        profiles = self.env["distributor.feed.profile"]
        profiles.check_access("create")
        self._check_complete()
        profile = self.profile_id
        account = self._account() if self.purpose == "new" else self.feed_id.account_id
        values = self._profile_values()
        if profile:
            profile.write(values)
        else:
            company = account.company_id if account else self.env.company
            profile = profiles.create(
                {**values, "name": self.name, "company_id": company.id}
            )
        if self.purpose == "profile":
            return self._open(profile)
        if self.purpose == "feed":
            self.feed_id.profile_id = profile
            return self._open(self.feed_id)
        feed = self.env["distributor.feed"].create(
            {
                "name": self.name,
                "account_id": account.id,
                "profile_id": profile.id,
                "kind": self.content,
            }
        )
        if self.load_now:
            self.env["distributor.feed.upload"].create(
                {
                    "feed_id": feed.id,
                    "file": self.with_context(bin_size=False).file,
                    "file_name": self.file_name,
                }
            ).action_load()
        return self._open(feed)

    def _check_complete(self):
        """:raise UserError: something is missing or cannot be followed"""
        table = self.table
        if not table or table["error"]:
            raise UserError(
                table["error"]
                if table
                else self.env._("Choose a sample file and read it first.")
            )
        if not self.name and not self.profile_id:
            raise UserError(self.env._("Give the format a name."))
        if self.purpose == "new" and not self.distributor_id:
            raise UserError(self.env._("Choose the distributor whose file this is."))
        try:
            self._options()
            self._bind(self._rules(), table["columns"], self.currency_id)
        except (FormatError, MappingError) as error:
            raise UserError(error.message) from error

    def _profile_values(self):
        lines = self.line_ids.filtered("target")
        return {
            **{name: self[name] for name in (*FORMAT_FIELDS, "units")},
            "rule_ids": [
                Command.clear(),
                *(
                    Command.create({**line._kept_values(), "sequence": at})
                    for at, line in enumerate(lines)
                ),
            ],
        }

    def _account(self):
        """Return the account that the new feed belongs to, made where there is none."""
        if self.account_id:
            return self.account_id
        self._give_role()
        return self.env["distributor.account"].create(
            {
                "distributor_id": self.distributor_id.id,
                "currency_id": self.currency_id.id,
            }
        )

    def _give_role(self):
        """Mark the partner as a distributor, if the person may say who is one."""
        partner = self.distributor_id
        if (
            self.env.user.has_group("trade_network.group_trade_manager")
            and not partner.is_distributor
        ):
            partner.is_distributor = True

    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": [[False, "form"]],
            "target": "main",
        }
