def after(last: int, count: int) -> None:
    pass
