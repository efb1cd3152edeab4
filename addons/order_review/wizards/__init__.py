from . import sale_review_decide
