"""Plants, moves, renames and closes units: the only writer of ancestors, address and search key.

One subject a file: ``rows`` what is told about a unit, ``addresses`` where it hangs,
``planting`` new and many ones, ``changing`` those that stand, ``checking`` what must hold.
"""

from committees.domain.tree.changing import StillInUse, change, close, in_use, move, rename, reopen
from committees.domain.tree.checking import reserved_slugs, wrong_units
from committees.domain.tree.planting import Loaded, NoParent, add_unit, load
from committees.domain.tree.rows import FACTS, RESERVED, Row, WrongParent

__all__ = [
    "FACTS",
    "RESERVED",
    "Loaded",
    "NoParent",
    "Row",
    "StillInUse",
    "WrongParent",
    "add_unit",
    "change",
    "close",
    "in_use",
    "load",
    "move",
    "rename",
    "reopen",
    "reserved_slugs",
    "wrong_units",
]
