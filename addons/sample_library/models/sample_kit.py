from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.trade_network.context import as_system

#: Longer than any name of a bag.
NAME_LENGTH = 100


class SampleKit(models.Model):
    """A bag: samples that are ordered, or lent, together again and again."""

    _name = "sample.kit"
    _inherit = ["sample.scope"]
    _description = "Sample Kit"
    _order = "name, id"
    _rec_names_search = ["name", "tag"]
    _check_company_auto = True

    active = fields.Boolean(default=True)
    name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        copy=False,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        ondelete="cascade",
    )
    share = fields.Selection(
        [("own", "The Owner Alone"), ("library", "All of a Library")],
        string="For",
        compute="_compute_share",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    library_id = fields.Many2one(
        "sample.library",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Its clerks, and the people of its showroom, use the kit too.",
    )
    showroom_id = fields.Many2one(
        "res.partner",
        related="library_id.partner_id",
        store=True,
        index="btree_not_null",
    )
    tag = fields.Char(
        copy=False,
        help="What the bar code on the bag says. Scanned while somebody is at the "
        "counter, it lends him the whole bag.",
    )
    line_ids = fields.One2many("sample.kit.line", "kit_id", string="Samples", copy=True)
    piece_count = fields.Integer(string="Pieces", compute="_compute_piece_count")

    _shared = models.Constraint(
        "CHECK ((share = 'library') = (library_id IS NOT NULL))",
        "Say which library shares the kit; a kit of one's own belongs to none.",
    )
    _tag_unique = models.UniqueIndex(
        "(tag) WHERE tag IS NOT NULL",
        "Another kit has this tag, maybe in another library or company.",
    )

    @api.depends("library_id")
    def _compute_share(self):
        for kit in self:
            kit.share = "library" if kit.library_id else kit.share or "own"

    @api.depends("line_ids.quantity")
    def _compute_piece_count(self):
        counts = dict(
            self.env["sample.kit.line"]._read_group(
                [("kit_id", "in", self.ids)], ["kit_id"], ["quantity:sum"]
            )
        )
        for kit in self:
            kit.piece_count = counts.get(kit._origin, 0)

    @api.onchange("share")
    def _onchange_share(self):
        if self.share == "own":
            self.library_id = False

    @api.constrains("name")
    def _check_name(self):
        for kit in self:
            if not kit.name.strip() or len(kit.name) > NAME_LENGTH:
                raise ValidationError(
                    self.env._(
                        "A kit has a name of at most %(most)s characters.",
                        most=NAME_LENGTH,
                    )
                )

    @api.constrains("tag")
    def _check_tag(self):
        """What is read is a bag or a sample, never both."""
        tags = [
            one
            for kit in self
            if kit.tag
            for one in self.env["sample.copy"]._readings(kit.tag)
        ]
        if tags and self.env["sample.copy"].sudo().search_count(
            [("tag", "in", tags)], limit=1
        ):
            raise ValidationError(
                self.env._("A sample has this tag. A bag needs a tag of its own.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._tidy(vals)
            if not self._may_give_away():
                # nor by defaults in the context
                vals["user_id"] = self.env.uid
        return super().create(vals_list)

    def write(self, vals):
        vals = dict(vals)
        self._tidy(vals)
        if "user_id" in vals and not self._may_give_away():
            raise AccessError(
                self.env._(
                    "Only a manager of the sample library gives a kit to somebody else."
                )
            )
        return super().write(vals)

    def _may_give_away(self):
        return self.env.su or self.env.user.has_group(
            "sample_library.group_sample_manager"
        )

    def _tidy(self, vals):
        """Have values fit together, however they came: form, import or program."""
        if vals.get("tag"):
            vals["tag"] = self.env["sample.copy"]._readings(vals["tag"])[0]
        elif "tag" in vals:
            vals["tag"] = False
        if vals.get("share") == "own":
            vals["library_id"] = False
        elif "library_id" in vals and "share" not in vals:
            vals["share"] = "library" if vals["library_id"] else "own"

    def action_new_tag(self):
        """Give bags without a tag one to print."""
        self.check_access("write")
        for kit in self.filtered(lambda kit: not kit.tag):
            kit.tag = self.env["sample.copy"]._new_tag()

    def _put_on(self, order):
        """Put what is in the kits on a draft; the caller has checked the order.

        :param order: ``sample.order``, one draft that the user may change
        :return: how many pieces were put on it
        :rtype: int
        :raise AccessError: if the user may not read the kits
        :raise UserError: if the order was sent, or there is nothing to put on it
        """
        self.check_access("read")
        order.ensure_one()
        order._refuse_sent()
        wanted = {}
        for line in as_system(self).line_ids:
            if line._fits(order.company_id):
                item_id = line.item_id.id
                wanted[item_id] = wanted.get(item_id, 0) + line.quantity
        if not wanted:
            raise UserError(self.env._("There is nothing in this kit to order."))
        as_system(order)._put(wanted)
        return sum(wanted.values())
