from . import portal
from . import order
from . import requests
