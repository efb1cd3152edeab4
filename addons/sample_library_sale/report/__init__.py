from . import sample_sale_report
