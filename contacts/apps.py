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
        from contacts import demo

        hooks.assign_story.append(demo.assign_story)
        hooks.assign_many.append(demo.assign_many)
        for subject in SUBJECTS:
            import_module(f"contacts.{subject}.wiring").connect()
