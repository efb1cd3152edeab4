"""Dispatch advices: what a warehouse or a supplier says is on its way. Plain Python."""

from .contract import Advice, AdviceError, AdvisedItem, AdvisedParcel, from_dict
from .ubl import from_ubl
