def connect() -> None:
    """Nothing to tell yet."""
