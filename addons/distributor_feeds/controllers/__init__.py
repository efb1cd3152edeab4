from . import download
from . import push
