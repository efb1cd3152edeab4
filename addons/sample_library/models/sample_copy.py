from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.trade_network.context import as_system

from ..const import CONDITIONS

# only lending and taking back change these
_DERIVED = {"state", "loan_id"}


class SampleCopy(models.Model):
    """One sample that can be taken into the hand, with a tag of its own."""

    _name = "sample.copy"
    _inherit = ["sample.scope"]
    _description = "Sample Copy"
    _order = "id desc"
    _rec_name = "tag"
    _rec_names_search = ["tag", "item_id"]
    _check_company_auto = True

    item_id = fields.Many2one(
        "sample.item",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    image_128 = fields.Image(related="item_id.image_128")
    library_id = fields.Many2one(
        "sample.library",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", related="library_id.company_id", store=True, index=True
    )
    place_id = fields.Many2one(
        "sample.place",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('library_id', '=', library_id)]",
        copy=False,
    )
    condition = fields.Selection(CONDITIONS, default="new", required=True)
    photo = fields.Image(max_width=1024, max_height=1024, copy=False)
    state = fields.Selection(
        [
            ("in", "Here"),
            ("out", "Lent"),
            ("lost", "Lost"),
            ("retired", "Retired"),
        ],
        string="Status",
        default="in",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    loan_id = fields.Many2one(
        "sample.loan",
        string="Open Loan",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    person_id = fields.Many2one(related="loan_id.person_id", string="Lent To")
    due_date = fields.Date(related="loan_id.due_date")
    loan_ids = fields.One2many("sample.loan", "copy_id", string="Loans")

    @api.depends("tag", "item_id")
    def _compute_display_name(self):
        # who may see a copy may know what it is of
        for copy in self.sudo():
            copy.display_name = f"{copy.item_id.name or ''} ({copy.tag})"

    @api.constrains("place_id", "library_id")
    def _check_place_id(self):
        for copy in self.sudo():
            if copy.place_id and copy.place_id.library_id != copy.library_id:
                raise ValidationError(
                    self.env._(
                        "The place %(place)s is in another library. Choose one in "
                        "%(library)s.",
                        place=copy.place_id.display_name,
                        library=copy.library_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_derived(vals)
            if not self.env.su:
                # nor by defaults in the context
                vals.update(state="in", loan_id=False)
            if vals.get("tag"):
                vals["tag"] = self._readings(vals["tag"])[0]
        copies = super().create(vals_list)
        as_system(self.env["sample.wait"])._offer(copies.sudo())
        return copies

    def write(self, vals):
        self._refuse_derived(vals)
        if vals.get("tag"):
            vals = {**vals, "tag": self._readings(vals["tag"])[0]}
        moved = self._moved_by(vals)
        moved._refuse_lent()
        result = super().write(vals)
        if moved:
            # those who wait for what they were are not those who wait for what they are
            waits = as_system(self.env["sample.wait"])
            waits._lose(moved)
            waits._offer_free(moved.sudo())
        return result

    def unlink(self):
        waits = as_system(self.env["sample.wait"])._release(self)
        result = super().unlink()
        waits._serve_free_copies()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_lent_before(self):
        used = (
            self.env["sample.loan"]
            .sudo()
            .search_fetch([("copy_id", "in", self.ids)], ["copy_id"], limit=1)
        )
        if used:
            raise UserError(
                self.env._(
                    "%(copy)s has been lent, so it is kept for the reports. Retire it "
                    "instead.",
                    copy=used.copy_id.display_name,
                )
            )

    def _refuse_derived(self, vals):
        """Keep the status to those who lend and take back.

        :raise AccessError: for everybody else
        """
        if not self.env.su and not _DERIVED.isdisjoint(vals):
            raise AccessError(
                self.env._(
                    "A sample's status follows from its loans. Use the scan screen, or "
                    "the buttons of the sample or its loan."
                )
            )

    def _moved_by(self, vals):
        """Those of these copies that come to another library or item.

        :param dict vals: what is going to be written
        """
        names = [name for name in ("library_id", "item_id") if name in vals]
        return self.filtered(
            lambda copy: any(copy[name].id != vals[name] for name in names)
        )

    def _refuse_lent(self):
        """What is lent stays what it is and where it belongs.

        :raise UserError: if one of the copies is lent
        """
        for copy in self:
            if copy.state == "out":
                raise UserError(
                    self.env._(
                        "%(copy)s is lent. Take it back first.", copy=copy.display_name
                    )
                )

    def action_retire(self):
        """Take copies out of the library for good."""
        self._leave("retired")

    def action_lost(self):
        """Note that copies, which nobody has borrowed, cannot be found."""
        self._leave("lost")

    def action_bring_back(self):
        """Put retired or lost copies back on the shelf."""
        self.check_access("write")
        gone = self.sudo().filtered(lambda copy: copy.state in ("lost", "retired"))
        gone._set_state("in")
        as_system(self.env["sample.wait"])._offer(gone)

    def _leave(self, state):
        """Take copies that are here off the shelf; who they were kept for waits again.

        :param str state: ``lost`` or ``retired``
        :raise UserError: if one of the copies is lent
        """
        self.check_access("write")
        lent = self.filtered(lambda copy: copy.state == "out")
        if lent:
            raise UserError(
                self.env._(
                    "%(copy)s is lent to %(person)s. Take it back, or report the loan "
                    "as lost.",
                    copy=lent[0].display_name,
                    person=lent[0].sudo().person_id.name,
                )
            )
        self.sudo()._set_state(state)
        as_system(self.env["sample.wait"])._lose(self)

    def _set_state(self, state, loan=None):
        """The one place where the status changes.

        :param str state: the new status
        :param loan: the open ``sample.loan`` that goes with ``out``
        """
        self.write({"state": state, "loan_id": loan.id if loan else False})
