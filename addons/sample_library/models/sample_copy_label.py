from odoo import models

# a bar code needs this much room beside it, in modules (ISO/IEC 15417, quiet zone)
_QUIET = 20
# start, check and stop character of Code 128, and what each character takes
_FRAME, _CHARACTER = 35, 11
#: Millimetres that labels of all sizes have for a bar code with its quiet zones.
_ROOM = 56
# millimetres of the thinnest bar: what cheap scanners read, and what is wide enough
_MODULE_MIN, _MODULE_MAX = 0.25, 0.33


class SampleCopy(models.Model):
    """How large the codes on a label are."""

    _inherit = "sample.copy"

    def _bar_code(self):
        """The size of a Code 128 of the tag.

        :return: ``width`` in millimetres and ``pixels``, a whole number per module;
            nothing if the bars would be too thin: then the QR code is all there is
        :rtype: dict
        """
        modules = _FRAME + _CHARACTER * len(self.tag)
        module = min(_ROOM / (modules + _QUIET), _MODULE_MAX)
        if module < _MODULE_MIN:
            return {}
        return {"width": round(modules * module, 2), "pixels": modules * 6}
