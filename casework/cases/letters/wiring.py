def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework import firstrun, shell
    from casework.cases import tabs
    from casework.cases.letters import actions, moments
    from casework.cases.letters.models import Letter, LetterTemplate
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role

    tabs.register(tabs.Tab("Brev", "letters", Permission.CASE_READ, 70, "Handlingar"))
    shell.register(shell.NavItem("Brevmallar", "templates", "edit", [Role.SEKTIONSCHEF], order=65))
    slots.register("letters", Permission.LETTER_WRITE)
    firstrun.on_setup.append(lambda: actions.load_start(by=None))
    kinds, channels = LetterTemplate.Kind, Letter.Channel
    words.register(codes={f"{a.value}:{b.value}": f"{a.label}: {b.label}" for a in kinds for b in channels})
    moments.connect()
