"""The fixed cast of all tests: one person for each role, in one section, and an outsider in another."""

from dataclasses import dataclass

from casework.signin.models import Role, Section, User


@dataclass
class Cast:
    alma: User
    bo: User
    cecilia: User
    dag: User
    hanna: User
    lo: User
    ada: User
    eva: User
    edvin: User
    section: Section
    other: Section

    def everyone(self) -> dict[str, User]:
        names = ("alma", "bo", "cecilia", "dag", "hanna", "lo", "ada", "eva", "edvin")
        return {name: getattr(self, name) for name in names}


PEOPLE = (
    ("alma", "Alma Lind", Role.KONTAKTPERSON, "here"),
    ("bo", "Bo Ek", Role.KONTAKTPERSON, "here"),
    ("cecilia", "Cecilia Holm", Role.SEKTIONSCHEF, "here"),
    ("dag", "Dag Berg", Role.PLANNER, None),
    ("hanna", "Hanna Sund", Role.HOUSING_COORDINATOR, "here"),
    ("lo", "Lo Vik", Role.LOG_REVIEWER, None),
    ("ada", "Ada Falk", Role.ADMINISTRATOR, None),
    ("eva", "Eva Rask", Role.KONTAKTPERSON, "there"),
    ("edvin", "Edvin Strand", Role.SEKTIONSCHEF, "there"),
)


def make_cast() -> Cast:
    sections = {"here": Section.objects.create(name="Sektion 1"), "there": Section.objects.create(name="Sektion 2")}
    users = {}
    for username, name, role, place in PEOPLE:
        user = User(username=username, display_name=name, role=role, section=sections.get(place or ""))
        user.set_unusable_password()
        user.save()
        if role == Role.SEKTIONSCHEF:
            user.led_sections.add(sections[place or ""])
        users[username] = user
    return Cast(**users, section=sections["here"], other=sections["there"])
