def connect() -> None:
    from audit import words
    from casework.cases import panels
    from contacts.rhythm import readers
    from contacts.rhythm.models import ContactRhythm

    words.register(codes={str(value): str(label) for value, label in ContactRhythm.Phase.choices})
    panels.register(panels.Panel("rhythm", "contacts/rhythm/_panel.html", readers.rhythm_panel, order=15))
