from . import dispatcher
from . import download
from . import push
