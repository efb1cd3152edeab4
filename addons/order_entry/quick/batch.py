"""What is known once while many products go into one cart."""

from collections import defaultdict


class Batch:
    """Facts that core looks up anew for each line.

    It travels in the context: only this code can make one, so nothing that a client
    sends is taken for it.
    """

    def __init__(self, lines, products, has_distribution):
        """Count what is in the cart.

        :param lines: ``sale.order.line`` of the cart with these products
        :param products: active ``product.product`` that are going to be added
        :param bool has_distribution: whether any analytic distribution model exists
        """
        self.has_distribution = has_distribution
        # the one variant of products without attributes, by template
        self.plain = {
            product.product_tmpl_id.id: product.id
            for product in products
            if not product.product_template_attribute_value_ids
        }
        self.quantities = defaultdict(float)
        for line in lines:
            self.add(line.product_id, line.product_uom_qty, line.product_uom_id)

    def add(self, product, quantity, uom):
        """Count what is added, in the unit of the product."""
        self.quantities[product.id] += uom._compute_quantity(quantity, product.uom_id)

    @classmethod
    def of(cls, env):
        """The batch that is being added in this environment, if any."""
        batch = env.context.get("quick_order_batch")
        return batch if isinstance(batch, cls) else None
