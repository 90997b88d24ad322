from tests.fixtures import case, cast, signed_in

__all__ = ["case", "cast", "signed_in"]
