import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tags import TagError, read

# without letters and digits that are taken for one another
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_TAG_LENGTH = 10


class SampleCopy(models.Model):
    """What a label says, and what a scanner makes of it."""

    _inherit = "sample.copy"

    tag = fields.Char(
        required=True,
        copy=False,
        default=lambda self: self._new_tag(),
        help="What the bar code says: Code 128, QR, or GS1 with a serial number.",
    )
    scanned = fields.Char(
        compute="_compute_scanned",
        search="_search_scanned",
        help="To search for a tag as it was scanned, or for words of the item.",
    )
    _tag_unique = models.UniqueIndex(
        "(tag)",
        "Another sample has this tag, maybe in another library or company. Each "
        "sample needs a tag of its own.",
    )

    @api.depends("tag")
    def _compute_scanned(self):
        for copy in self:
            copy.scanned = copy.tag

    def _search_scanned(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._text_domain(text) for text in value)

    @api.model
    def _text_domain(self, text, within=Domain.TRUE):
        """Copies with a tag, or with all the words of a text in their item.

        One or the other: a database has no index for both at once.

        :param str text: as it was scanned or typed
        :param Domain within: where a tag makes it a tag, and no word
        :return: nothing, if there is nothing to search for
        :rtype: Domain
        """
        try:
            tagged = Domain("tag", "in", read(text if isinstance(text, str) else ""))
        except TagError:
            tagged = Domain.FALSE
        if self.search_count(tagged & within, limit=1):
            return tagged
        words = self.env["sample.library"]._searchable(text).split()
        if not words:
            return Domain.FALSE
        return Domain(
            "item_id",
            "any",
            Domain.AND(
                Domain.OR(
                    Domain(name, "ilike", word) for name in ("name", "pattern", "color")
                )
                for word in words
            ),
        )

    @api.model
    def _new_tag(self):
        """A tag that nobody has: chance makes it, so that no counter is waited for."""
        return "".join(secrets.choice(_ALPHABET) for _each in range(_TAG_LENGTH))

    @api.constrains("tag")
    def _check_tag_read_otherwise(self):
        """What two kinds of bar code call one thing is not entered as two."""
        others = [
            tag for copy in self for tag in self._readings(copy.tag) if tag != copy.tag
        ]
        if others and self.sudo().search_count([("tag", "in", others)], limit=1):
            raise ValidationError(
                self.env._(
                    "Another sample has this tag, in the way another kind of bar code "
                    "says it. Each sample needs a tag of its own."
                )
            )

    @api.model
    def _readings(self, text):
        """Which tags a text may stand for, the one that is stored first.

        :raise ValidationError: if this is no tag
        """
        try:
            return read(text)
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
