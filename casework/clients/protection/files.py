"""What other rooms do when an earlier identity is masked: they register here at start."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from casework.signin.models import User

destroy: list[Callable[[User, UUID], None]] = []
"""Called with who decides and the document's id, within the act of masking. What they raise stops the act."""

masked: list[Callable[[Any], None]] = []
"""Called with a row after something was masked in it: what the row is found by is made anew."""
