def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework import shell
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role
    from contacts.supervision import readers, telling
    from contacts.supervision.models import Mentoring

    words.register(
        codes={
            "supervision:begin": "Började",
            "supervision:finish": "Avslutade",
            "supervision:cancel": "Ställde in",
            readers.IN_GROUP: "I gruppen: bara underlaget utan identitet",
            telling.COMPARED: "Programmet jämförde texten med namn, nummer och adress. Inget av det visades.",
            **{f"mentoring:{code}": str(label) for code, label in Mentoring.Kind.choices},
        }
    )
    slots.register("present", Permission.METHOD_WRITE)
    roles = [Role.KONTAKTPERSON, Role.SEKTIONSCHEF]
    shell.register(shell.NavItem("Handledning", "supervision", "users", roles, key="h", order=40))
