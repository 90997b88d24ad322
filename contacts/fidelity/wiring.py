def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework import shell
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role
    from contacts.fidelity.models import FidelityItem

    words.register(codes={str(value): str(label) for value, label in FidelityItem.choices})
    shell.register(shell.NavItem("Programtrohet", "fidelity", "chart", [Role.SEKTIONSCHEF], key="p", order=50))
    slots.register_own("fidelity", Permission.FIDELITY)
