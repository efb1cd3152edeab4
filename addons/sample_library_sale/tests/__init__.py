from . import test_sample_sale_report
