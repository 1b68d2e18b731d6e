"""What is counted in the newsroom."""

from loa.planning.protocol import Measure

from .products import DigitalShare, Items, Magazines
from .requests import RequestsOnTime

MEASURES: tuple[Measure, ...] = (Items(), DigitalShare(), Magazines(), RequestsOnTime())

__all__ = ["MEASURES", "DigitalShare", "Items", "Magazines", "RequestsOnTime"]
