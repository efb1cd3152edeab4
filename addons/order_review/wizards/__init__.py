from . import base_partner_merge
from . import sale_review_decide
