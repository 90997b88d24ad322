def connect() -> None:
    """What other rooms are told of at start."""
    from casework import shell
    from casework.cases.documents import uploads
    from casework.signin.models import Role
    from housing.kompott import moments, steps
    from housing.tracks import moving

    chief, coordinator, admin = [Role.SEKTIONSCHEF], [Role.HOUSING_COORDINATOR], [Role.ADMINISTRATOR]
    shell.register(shell.NavItem("Kompott", "agreements", "handover", coordinator, key="o", order=30))
    shell.register(shell.NavItem("Byten mellan kommuner", "kompott_ledger", "handover", chief, order=70))
    shell.register(shell.NavItem("Nycklar för byten", "exchange_keys", "key", admin, order=45))
    uploads.pages.add("exchange_import")
    moving.on_moved.append(steps.track_moved)
    moments.connect()
