def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework.cases import tabs
    from casework.cases.release import child_parts, journal_parts, moments, register_parts, rules
    from casework.policy import Permission

    tabs.register(tabs.Tab("Utskrift av akten", "releases", Permission.CASE_READ, 64, "Samtycke och utlämnande"))
    words.register(codes={f"release_{move.name}": move.button for move in rules.MOVES.values()})
    for module in (journal_parts, register_parts, child_parts, moments):
        module.connect()
