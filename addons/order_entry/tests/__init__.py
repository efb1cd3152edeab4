from . import (
    test_on_behalf_office,
    test_on_behalf_rights,
    test_on_behalf_shop,
    test_on_behalf_tours,
)
