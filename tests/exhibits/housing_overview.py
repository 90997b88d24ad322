from typing import Any

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
housing_overview         GET  x       x      x     x         +     +      x     x       x       x    x     <
"""
TEXTS: set[str] = set()
LAST: tuple[str, ...] = ()
FORMS: dict[str, Any] = {}
ARGUMENTS: dict[str, Any] = {}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """The page lists what the other subjects have laid out."""
    return {}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    return []
