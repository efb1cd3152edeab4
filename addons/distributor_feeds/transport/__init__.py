"""One file from a place on the network or a folder to this disk: bounded, checked.

Plain Python: nothing here imports Odoo.  A place is checked before and while it is
talked to: addresses that are not public are refused unless the administrator lists
them, servers prove who they are, sizes and times have an end.
"""

from .errors import TransportError
from .fetching import fetch, test_connection
from .place import Contact, Fetched, Known, Place, Policy, Secret
