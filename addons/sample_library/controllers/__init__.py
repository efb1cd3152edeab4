from . import kit
from . import portal
