from . import (
    on_behalf_sale_order,
    on_behalf_website,
    order_representation,
    order_representation_refusal,
    res_partner,
    res_users,
)
