"""Who else is told when a consent is withdrawn, within the same act: what rests on it stops at once."""

from collections.abc import Callable

from casework.cases.consents.models import Consent
from casework.signin.models import User

# Filled at start (wiring.py of the subjects): f(by, consent).
on_withdrawal: list[Callable[[User, Consent], object]] = []
