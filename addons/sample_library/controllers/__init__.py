from . import kit
from . import portal
from . import order
from . import requests
from . import desk
from . import desk_stock
from . import desk_link
from . import report
