from . import portal
from . import desk
from . import desk_stock
from . import desk_link
