"""What others use of search."""

from klantbeeld.platform.search.commands import Command, register
from klantbeeld.platform.search.finding import Hit, find
from klantbeeld.platform.search.indexing import index
from klantbeeld.platform.search.recognising import recognise

__all__ = ["Command", "Hit", "find", "index", "recognise", "register"]
