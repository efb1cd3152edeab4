import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..const import CONDITIONS
from ..tags import TagError, read

# without letters and digits that are taken for one another
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_TAG_LENGTH = 10

# only lending and taking back change these
_DERIVED = {"state", "loan_id"}


class SampleCopy(models.Model):
    """One sample that can be taken into the hand, with a tag of its own."""

    _name = "sample.copy"
    _inherit = ["sample.scope"]
    _description = "Sample Copy"
    _order = "item_id, id"
    _rec_name = "tag"
    _rec_names_search = ["tag", "item_id"]
    _check_company_auto = True

    tag = fields.Char(
        required=True,
        copy=False,
        default=lambda self: self._new_tag(),
        help="What the bar code says: Code 128, QR, or GS1 with a serial number.",
    )
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

    _tag_unique = models.UniqueIndex(
        "(tag)", "Another sample has this tag. Each sample needs a tag of its own."
    )

    @api.depends("tag", "item_id")
    def _compute_display_name(self):
        # who may see a copy may know what it is of
        for copy in self.sudo():
            copy.display_name = f"{copy.item_id.name or ''} ({copy.tag})"

    @api.model
    def _new_tag(self):
        """A tag that nobody has: chance makes it, so that no counter is waited for."""
        return "".join(secrets.choice(_ALPHABET) for _each in range(_TAG_LENGTH))

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
                vals["tag"] = self._clean_tag(vals["tag"])
        copies = super().create(vals_list)
        self.env["sample.wait"].sudo()._offer(copies.sudo())
        return copies

    def write(self, vals):
        self._refuse_derived(vals)
        if vals.get("tag"):
            vals = {**vals, "tag": self._clean_tag(vals["tag"])}
        if "library_id" in vals or "item_id" in vals:
            self._refuse_lent(vals)
        return super().write(vals)

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

    def _refuse_lent(self, vals):
        """What is lent stays what it is and where it belongs.

        :raise UserError: if something else is asked for
        """
        for copy in self:
            changed = any(
                copy[name].id != vals[name]
                for name in ("library_id", "item_id")
                if name in vals
            )
            if changed and copy.state == "out":
                raise UserError(
                    self.env._(
                        "%(copy)s is lent. Take it back first.", copy=copy.display_name
                    )
                )

    @api.model
    def _clean_tag(self, text):
        """The way a tag is stored.

        :raise ValidationError: if this is no tag
        """
        try:
            return read(text)[0]
        except TagError as error:
            raise ValidationError(self._tag_problem(error)) from error

    @api.model
    def _tag_problem(self, error):
        """What is wrong with a tag, in words.

        :param TagError error: what reading it gave
        :rtype: str
        """
        return {
            "empty": lambda: self.env._("Nothing was read. Scan the tag again."),
            "too_long": lambda: self.env._(
                "This is longer than any tag. Scan the tag of the sample."
            ),
            "characters": lambda: self.env._(
                "This has characters that are in no tag: letters without accents, "
                "digits and punctuation are. Check the language of the scanner."
            ),
            "check_digit": lambda: self.env._(
                "The check digit of this GS1 code is wrong. Scan it again, or print a "
                "new label."
            ),
            "no_serial": lambda: self.env._(
                "This GS1 code names a kind of goods, not one sample: there is no "
                "serial number in it. Scan the tag of the sample."
            ),
            "gs1": lambda: self.env._(
                "This GS1 code is not complete. Scan it again, or print a new label."
            ),
        }[error.code]()

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
        self.env["sample.wait"].sudo()._offer(gone)

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
        self.env["sample.wait"].sudo()._lose(self)

    def _set_state(self, state, loan=None):
        """The one place where the status changes.

        :param str state: the new status
        :param loan: the open ``sample.loan`` that goes with ``out``
        """
        self.write({"state": state, "loan_id": loan.id if loan else False})
