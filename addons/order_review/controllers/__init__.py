from . import cart
from . import main
from . import payment
from . import portal
from . import review
from . import variant
