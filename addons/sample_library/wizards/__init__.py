from . import sample_kit_put
from . import sample_desk_answer
from . import sample_desk_answer_line
from . import sample_desk_stock
from . import sample_desk_stock_line
from . import sample_label_print
from . import sample_usage_export
