"""How a document is destroyed when it may show an earlier identity: documents lie in a room above and register here."""

from collections.abc import Callable
from uuid import UUID

from casework.signin.models import User

destroy: list[Callable[[User, UUID], None]] = []
"""Called with who decides and the document's id, within the act of masking. What they raise stops the act."""
