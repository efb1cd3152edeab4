from . import sale_review_ledger
