"""How services are asked and how their answers are read."""

from .base import Adapter, Request, find, names, register
from . import json_service, xml_service
