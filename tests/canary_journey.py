"""Every page used in earnest by people who write canaries in every field, rightly and wrongly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from casework.signin.models import User
from tests import matrix
from tests.canary import Canaries
from tests.canary_people import Person
from tests.canary_places import Browser
from tests.casework.signin import door
from tests.exhibits import EXHIBITS
from tests.matrix import Line
from tests.world import World, address, form

ROLES = ("contact", "chief", "admin", "out")
READERS = (*ROLES, "asked", "log", "planner")
TEXTS = {
    "text", "background", "wishes", "referral_note", "reason", "note", "given_name", "family_name", "language",
    "safe_way", "phone", "when", "code_word", "do_not", "street", "postal_code", "town", "message", "decided_by",
    "actor", "next_step", "q", "login", "password", "password1", "password2", "code",
}.union(*(exhibit.TEXTS for exhibit in EXHIBITS))  # fmt: skip
# What staff are called is no client's data; the tokens and versions of a form are the program's own.
KEPT = {"once", "version", "display_name", "username", "name", "section"}
# After these the session or the case is over, so they come last, and the next one begins anew.
LAST = (
    "lock", "unlock", "sign_out", "sign_in_end", "sign_in_end_others", "password_change", "case_move", "case_close",
    "assignment_leave", "assignment_end", "user_block", "user_link",
    *(name for exhibit in EXHIBITS for name in exhibit.LAST),
)  # fmt: skip


@dataclass
class Journey:
    known: Canaries
    world: World
    people: list[Person]
    enter: Callable[[str], Browser]
    browsers: dict[str, Browser] = field(default_factory=dict)

    def browser(self, role: str) -> Browser:
        if role not in self.browsers:
            self.browsers[role] = self.enter(role)
        return self.browsers[role]

    def everything(self) -> None:
        lines = matrix.whole()
        self.read(lines)
        self.look_at_people()
        self.odd_requests()
        for line in sorted(lines, key=lambda line: line.name in LAST):
            if line.method == "POST":
                self.write(line)
        self.lock_with_a_form_on_its_way()
        self.fail_to_sign_in(self.world.people["frej"])

    def read(self, lines: list[Line]) -> None:
        for line in lines:
            for role in READERS:
                if line.method == "GET":
                    self.browser(role).get(address(self.world, line.name, line.use, "own"))
                    self.browser(role).get(address(self.world, line.name, line.use, "foreign"))

    def write(self, line: Line) -> None:
        for role in ROLES:
            for record, _ in line.expected(role)[:2]:
                for fields in self.versions(form(self.world, line.name, record or "own", role)):
                    url = address(self.world, line.name, line.use, record)
                    answer = self.browser(role).post(url, fields)
                    if line.name in LAST or answer.headers.get("Location", "").startswith(matrix.SIGN_IN_PAGE):
                        self.browsers.pop(role)

    def versions(self, right: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """A form with canaries: too long, with unknown codes, with NUL, from an old page, and last as it should be."""
        texts = [name for name in right if name in TEXTS] + [
            name for name in ("next_step", "actor", "given_name", "street", "town") if name in right
        ]
        texts = sorted(set(texts))
        yield {**right, **{name: f"{self.known.text(name)} " * 3000 for name in texts}}
        yield {name: value if name in KEPT else self.known.text(name) for name, value in right.items()}
        yield {**right, **{name: self.known.text(name) + "\0" for name in texts}}
        written = {name: self.written(name) for name in texts if name not in ("password1", "password2")}
        if "version" in right:
            yield {**right, **written, "version": 0}
        yield {**right, **written, "review_on": "2030-01-01", "next_on": "2030-01-01"}

    def written(self, name: str) -> str:
        return self.known.word(name) if name in ("postal_code", "phone") else self.known.text(name)

    def look_at_people(self) -> None:
        """Their cases, searches for them by all that one may search for, and the groups that are shown for a reason."""
        alma, chief = self.browser("contact"), self.browser("chief")
        mine = [person for person in self.people if person.task.user == self.world.people["alma"]]
        for person in mine[:20]:
            number, identity = person.case.number, person.client.identity.open()
            for page in ("", "logg/", "steg/", "identitet/", "adress/", "kontakt/", "om/"):
                alma.get(f"/arenden/{number}/{page}")
            for group in ("identitet", "adress", "kontakt"):
                alma.post(f"/arenden/{number}/visa/{group}/", {"reason": "contact"})
            for text in (
                identity.number,
                f"{identity.number[:8]}-{identity.number[8:]}",
                identity.number[2:],
                identity.name,
            ):
                alma.post("/sok/", {"q": text})
            chief.get(f"/arenden/{number}/logg/")
            chief.post("/sok/", {"q": f"{identity.number[2:8]}-{identity.number[8:]}"})
            alma.post(f"/anteckningar/{person.note.pk}/ratta/", form(self.world, "note_beside", "own"))
        for text in (
            self.known.text("search"),
            self.known.number("search"),
            self.known.number("search")[2:8] + "-0000",
        ):
            for role in ("contact", "chief", "planner", "out"):
                self.browser(role).post("/sok/", {"q": text})
        for browser, page in ((alma, "/mina-arenden/"), (chief, "/sektionen/"), (self.browser("log"), "/loggen/")):
            browser.get(page)
            browser.get(page + "?page=2")

    def odd_requests(self) -> None:
        """What cannot be read: a file of some size, a body that is too large, bytes that are no text."""
        alma, step = self.browser("contact"), address(self.world, "step_new", "", "own")
        large = self.known.text("file").encode() * 80_000
        alma.post(step, {**form(self.world, "step_new", "own"), "file": BytesIO(large)})
        alma.post(step, large, content_type="application/x-www-form-urlencoded")
        alma.post(step, self.known.text("json").encode(), content_type="application/json")
        alma.post(
            step,
            b"text=" + self.known.text("latin").encode("latin-1"),
            content_type="application/x-www-form-urlencoded",
        )
        alma.post(step, self.known.text("torn").encode(), content_type="multipart/form-data; boundary=")
        alma.put(step, self.known.text("put").encode(), content_type="text/plain")
        alma.post("/arenden/nytt/", {"given_name": self.known.text("denied"), "number": self.known.number("denied")})

    def lock_with_a_form_on_its_way(self) -> None:
        """The session locks; what is sent then is kept, shown after unlocking, and sent again."""
        alma = self.browser("contact")
        alma.post(address(self.world, "lock", "", ""))
        step = address(self.world, "step_new", "", "own")
        alma.post(step, {**form(self.world, "step_new", "own"), "text": self.known.text("held")})
        alma.post(address(self.world, "autosave", "step", "own"), {"text": self.known.text("held")})
        for fields in ({"password": self.known.text("unlock")}, {"code": self.known.text("unlock")}):
            alma.post(address(self.world, "unlock", "", ""), fields)
        self.browsers.pop("contact")
        self.browser("contact").get(address(self.world, "held", "", ""))

    def fail_to_sign_in(self, user: User) -> None:
        """A personal number or a password where the username belongs, wrong passwords, wrong codes, until the lock."""
        door.give_app(user)
        out = self.enter("out")
        for login in (self.known.text("login"), self.known.number("login"), self.known.word("login")):
            out.post("/logga-in/", {"login": login, "password": self.known.text("password")})
        for _ in range(3):
            out.post("/logga-in/", {"login": user.username, "password": self.known.text("password")})
        out.post("/logga-in/", {"login": user.username, "password": door.PASSWORD})
        for _ in range(6):
            out.post("/logga-in/kod/", {"code": self.known.text("code")})
        out.get(f"/valkommen/{self.known.core[:4]}/")
