"""What other rooms add to invented cases: filled in their AppConfig.ready."""

from collections.abc import Callable
from typing import Any

from casework.cases.models import Case
from casework.signin.models import User

# (case, story's "who", story's "deputy", the cast): who works with one case of the demo.
assign_story: list[Callable[[Case, str, str, dict[str, User]], None]] = []
# (case, given name, the cast): what more is told of a case, when its first steps are signed.
tell_more: list[Callable[[Case, str, dict[str, User]], None]] = []
# The cast: what the section has done together, when all cases are told.
tell_section: list[Callable[[dict[str, User]], None]] = []
# (cases, staff in the same order, who assigns): the same for many cases at once, for measuring.
assign_many: list[Callable[[list[Case], list[User], User], list[Any]]] = []
