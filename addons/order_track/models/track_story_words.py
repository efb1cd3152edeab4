from odoo import models


class TrackStory(models.AbstractModel):
    _inherit = "track.story"

    def _story_sources(self):
        """Words for who says so, by kind of source."""
        return {
            "transfer": self.env._("Transfer"),
            "receipt": self.env._("Goods on their way to us,"),
            "promise": self.env._("Promised with the order"),
            "invoice": self.env._("Invoice"),
            "credit": self.env._("Credit note"),
            "payment": self.env._("Payment for"),
            "transaction": self.env._("Online payment"),
            "carrier": self.env._("Carrier"),
            "advice": self.env._("Dispatch advice"),
            "typed": self.env._("Written down by us"),
            "posted": self.env._("As told by"),
            "portal": self.env._("Asked for in the portal of"),
            "review": self.env._("Review of orders"),
            "vendor": self.env._("Supplier"),
        }

    def _story_texts(self):
        """Words of all that stories are made of."""
        return {
            ("quoted", "done"): self.env._("Quotation"),
            ("placed", "done"): self.env._("Order placed"),
            ("held", "done"): self.env._("Being checked"),
            ("released", "done"): self.env._("Check passed"),
            ("confirmed", "done"): self.env._("Order confirmed"),
            ("sourced", "done"): self.env._("Ordered for you from the supplier"),
            ("sourced", "expected"): self.env._("To be ordered from the supplier"),
            ("picked", "done"): self.env._("Picked in the warehouse"),
            ("announced", "done"): self.env._("Announced to the carrier"),
            ("announced", "parcel"): self.env._(
                "Parcel %(parcel)s announced to the carrier"
            ),
            ("shipped", "done"): self.env._("Shipped"),
            ("shipped", "parcel"): self.env._("Parcel %(parcel)s shipped"),
            ("shipped", "expected"): self.env._("To be shipped"),
            ("in_transit", "done"): self.env._("In transit"),
            ("in_transit", "parcel"): self.env._("Parcel %(parcel)s in transit"),
            ("out_for_delivery", "done"): self.env._("Out for delivery"),
            ("out_for_delivery", "parcel"): self.env._(
                "Parcel %(parcel)s out for delivery"
            ),
            ("exception", "done"): self.env._("Trouble on the way"),
            ("exception", "parcel"): self.env._(
                "Parcel %(parcel)s: trouble on the way"
            ),
            ("delivered", "done"): self.env._("Delivered"),
            ("delivered", "parcel"): self.env._("Parcel %(parcel)s delivered"),
            ("delivered", "expected"): self.env._("Delivery expected"),
            ("invoiced", "done"): self.env._("Invoiced"),
            ("paid", "done"): self.env._("Payment received"),
            ("paid", "expected"): self.env._("Payment due"),
            ("returned", "done"): self.env._("Return received"),
            ("returned", "parcel"): self.env._(
                "Parcel %(parcel)s came back to the sender"
            ),
            ("returned", "expected"): self.env._("Return expected"),
            ("credited", "done"): self.env._("Credit note issued"),
            ("refunded", "done"): self.env._("Money refunded"),
            ("cancelled", "done"): self.env._("Cancelled"),
            ("payment", "nothing"): self.env._("Nothing due"),
            ("payment", "unpaid"): self.env._("Unpaid"),
            ("payment", "in_process"): self.env._("Payment in process"),
            ("payment", "partly_paid"): self.env._("Partly paid"),
            ("payment", "paid"): self.env._("Paid"),
            ("payment", "partly_refunded"): self.env._("Partly refunded"),
            ("payment", "refunded"): self.env._("Refunded"),
            ("payment", "untold"): self.env._("Not told here"),
            ("return", "untold"): self.env._("Not told here"),
            ("fulfilment", "nothing"): self.env._("Nothing to ship"),
            ("fulfilment", "waiting"): self.env._("Waiting to be shipped"),
            ("fulfilment", "partly_shipped"): self.env._("Partly shipped"),
            ("fulfilment", "shipped"): self.env._("Shipped"),
            ("fulfilment", "partly_delivered"): self.env._("Partly delivered"),
            ("fulfilment", "delivered"): self.env._("Delivered"),
            ("fulfilment", "cancelled"): self.env._("Cancelled"),
            ("return", "none"): self.env._("No returns"),
            ("return", "expected"): self.env._("Return expected"),
            ("return", "partly_returned"): self.env._("Partly returned"),
            ("return", "returned"): self.env._("Returned"),
            ("return", "refunded"): self.env._("Returned and refunded"),
            ("late", "payment"): self.env._("%(status)s, overdue: due on %(day)s"),
            ("late", "fulfilment"): self.env._(
                "%(status)s, late: promised for %(day)s"
            ),
            ("label", "payment"): self.env._("Payment"),
            ("label", "fulfilment"): self.env._("Fulfilment"),
            ("label", "return"): self.env._("Returns"),
            ("label", "expected"): self.env._("Expected"),
            ("quantity", "ordered"): self.env._("Ordered"),
            ("quantity", "shipped"): self.env._("Shipped"),
            ("quantity", "done"): self.env._("Done"),
            ("quantity", "open"): self.env._("To come"),
            ("quantity", "backordered"): self.env._("Back-ordered"),
            ("quantity", "cancelled"): self.env._("Cancelled"),
            ("quantity", "coming_back"): self.env._("Coming back"),
            ("quantity", "returned"): self.env._("Returned"),
        }
