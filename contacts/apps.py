from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontaktpersonens arbete"

    def ready(self) -> None:
        from audit import words
        from casework import shell
        from casework.access.models import AccessGrant
        from casework.cases import actions as cases
        from casework.cases import panels
        from casework.demo import hooks
        from casework.signin.models import Role
        from contacts import actions, demo, readers
        from contacts.models import Assignment

        # "Jäv" is the same code whether a question is declined or a task is left; it has one name in the log.
        declined = {code: label for code, label in Assignment.Decline.choices if code not in AccessGrant.Close.values}
        words.register(codes=dict(Assignment.Kind.choices) | declined)
        cases.on_closing.append(actions.end_all)
        hooks.assign_story.append(demo.assign_story)
        hooks.assign_many.append(demo.assign_many)
        panels.register(panels.Panel("people", "contacts/_people.html", readers.people_panel, order=10))
        shell.register(shell.NavItem("Mina ärenden", "caseload", "cases", [Role.KONTAKTPERSON], key="m", order=10))
        shell.register(shell.NavItem("Sektionen", "section", "people", [Role.SEKTIONSCHEF], key="s", order=10))
