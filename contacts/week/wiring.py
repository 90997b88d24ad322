def connect() -> None:
    from audit import words
    from casework import shell
    from casework.cases import actions as cases
    from casework.cases import panels
    from casework.signin.models import Role
    from contacts.week import actions, readers
    from contacts.week.models import Appointment

    choices = Appointment.Kind.choices + Appointment.State.choices
    words.register(codes={f"appointment:{value}": str(label) for value, label in choices})
    cases.on_closing.append(actions.cancel_all)
    panels.register(panels.Panel("week", "contacts/week/_panel.html", readers.week_panel, order=40))
    shell.register(shell.NavItem("Min vecka", "week", "calendar", [Role.KONTAKTPERSON], key="v", order=20))
