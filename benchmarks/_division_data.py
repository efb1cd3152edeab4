"""Products, members and orders that the division benchmark works on."""

from odoo import Command

LINES = 20


def make_world(env, members):
    """A customer with a division of so many stores, and twenty products.

    :param int members: number of stores with a complete address
    :return: ``(division, stores, products)``
    """
    country, state = env.ref("base.us"), env.ref("base.state_us_27")
    customer = env["res.partner"].create({"name": "Bench Retail", "is_company": True})
    stores = env["res.partner"].create(
        [
            {
                "name": f"Bench Store {number:04}",
                "parent_id": customer.id,
                "type": "delivery",
                "street": f"{number} Main Street",
                "city": "Albany",
                "zip": "12207",
                "country_id": country.id,
                "state_id": state.id,
            }
            for number in range(members)
        ]
    )
    products = env["product.product"].create(
        [
            {
                "name": f"Bench Poster {number}",
                "type": "consu",
                "is_storable": True,
                "list_price": 5.0 + number,
                "weight": 0.1,
            }
            for number in range(LINES)
        ]
    )
    division = env["order.division"].create(
        {
            "name": "Bench Division",
            "partner_id": customer.id,
            "member_ids": [
                Command.create({"partner_id": store.id}) for store in stores
            ],
        }
    )
    return division, stores, products


def add_stock(env, products, quantity):
    """Put goods on the shelf of the first warehouse."""
    location = env["stock.warehouse"].search([], limit=1).lot_stock_id
    for product in products:
        env["stock.quant"]._update_available_quantity(product, location, quantity)


def make_lines(products, name="product_uom_qty", quantity=2.0):
    return [
        Command.create({"product_id": product.id, name: quantity})
        for product in products
    ]
