"""What can go wrong with keys and seals. No message ever holds a value, a key or a seal."""


class CryptoError(Exception):
    """Base of everything this package raises about keys and seals."""


class DecryptError(CryptoError):
    """A seal did not open: altered, moved, cut, of an unknown version, or its key is not the right one."""


class KeyMissing(DecryptError):
    """There is no such data key, or it has been destroyed."""


class KekError(CryptoError):
    """The key-encryption key is missing or wrong: the program must not start."""
