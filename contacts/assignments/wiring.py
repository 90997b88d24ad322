def connect() -> None:
    from audit import words
    from casework.access.models import AccessGrant
    from casework.cases import actions as cases
    from casework.cases import panels
    from contacts.assignments import actions, readers
    from contacts.assignments.models import Assignment

    # "Jäv" is the same code whether a question is declined or a task is left; it has one name in the log.
    declined = {code: label for code, label in Assignment.Decline.choices if code not in AccessGrant.Close.values}
    words.register(codes=dict(Assignment.Kind.choices) | declined)
    cases.on_closing.append(actions.end_all)
    panels.register(panels.Panel("people", "contacts/_people.html", readers.people_panel, order=10))
