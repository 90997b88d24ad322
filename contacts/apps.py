from importlib import import_module

from django.apps import AppConfig

SUBJECTS = (
    "caseload",
    "assignments",
    "steps",
    "strengths",
    "goals",
    "rhythm",
    "week",
    "guide",
    "supervision",
    "review",
    "cover",
    "closing",
    "fidelity",
)


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontaktpersonens arbete"

    def ready(self) -> None:
        from casework.demo import hooks
        from contacts.demo import assigning, method, section

        hooks.assign_story.append(assigning.assign_story)
        hooks.assign_many.append(assigning.assign_many)
        hooks.tell_more.append(method.tell_method)
        hooks.tell_section.append(section.tell_section)
        for subject in SUBJECTS:
            import_module(f"contacts.{subject}.wiring").connect()
