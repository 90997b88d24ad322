def connect() -> None:
    """What other rooms are told of at start."""
