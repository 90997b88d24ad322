"""A KEK that never leaves a hardware module (PKCS#11). Needs the optional package python-pkcs11.

Data keys are made here, so they are encrypted in the module (C_Encrypt) and not wrapped as objects. The mechanism is
CKM_AES_GCM: it is the only one of those that modules and SoftHSM share that binds the associated data. AES_KEY_WRAP has
integrity but nothing to bind a key to its owner with, and CBC_PAD has no integrity at all.
"""

import os
import threading
from typing import Any

import pkcs11
from django.conf import settings
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, PKCS11Error, UserAlreadyLoggedIn

from casework.crypto.errors import DecryptError, KekError

NONCE_BYTES = 12
TAG_BITS = 128


class Pkcs11Kek:
    """AES-256 key `label` in the token `token`. Its id is the label: a new KEK needs a new label.

    Each unwrap is a call to the module: a list of many clients takes as long as the module needs for as many calls.
    """

    def __init__(self, module: str, token: str, pin: str, label: str) -> None:
        if not (module and token and pin and label):
            raise KekError("PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN och PKCS11_KEY_LABEL måste vara satta.")
        self.id = f"p11:{label}"
        if len(self.id) > 64:
            raise KekError("PKCS11_KEY_LABEL får ha högst 60 tecken.")
        self._where = (module, token, pin, label)
        self._lock = threading.Lock()
        self._process = 0
        self._key: Any = None
        self._open()

    @classmethod
    def from_settings(cls, *, old: bool) -> "Pkcs11Kek":
        """The KEK that the settings name; `old` for the one a rotation replaces."""
        label = settings.PKCS11_OLD_KEY_LABEL if old else settings.PKCS11_KEY_LABEL
        return cls(settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN, label)

    def wrap(self, key: bytes, aad: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        with self._lock:
            sealed = self._own_key().encrypt(key, mechanism=Mechanism.AES_GCM, mechanism_param=_params(nonce, aad))
        return nonce + bytes(sealed)

    def unwrap(self, blob: bytes, aad: bytes) -> bytes:
        nonce, sealed = blob[:NONCE_BYTES], blob[NONCE_BYTES:]
        try:
            with self._lock:
                opened = self._own_key().decrypt(
                    sealed, mechanism=Mechanism.AES_GCM, mechanism_param=_params(nonce, aad)
                )
        except (PKCS11Error, ValueError):
            raise DecryptError("En datanyckel gick inte att öppna.") from None
        return bytes(opened)

    def _own_key(self) -> Any:
        # A forked worker may not use its parent's session (PKCS #11 2.40, 5.5: C_Initialize in the child).
        if self._process != os.getpid():
            self._open()
        return self._key

    def _open(self) -> None:
        module, token_label, pin, label = self._where
        try:
            library = pkcs11.lib(module)
            if self._process:
                library.reinitialize()
            slot_token = library.get_token(token_label=token_label)
            try:
                session = slot_token.open(user_pin=pin)
            except UserAlreadyLoggedIn:
                # Log-in holds for the whole process: the KEK being rotated out may lie in the same token.
                session = slot_token.open()
            self._key = session.get_key(object_class=ObjectClass.SECRET_KEY, key_type=KeyType.AES, label=label)
            length = self._key[Attribute.VALUE_LEN]
        except (PKCS11Error, RuntimeError) as problem:
            raise KekError(f"Huvudnyckeln {label} i PKCS#11 går inte att nå ({type(problem).__name__}).") from None
        if length != 32:
            raise KekError("Huvudnyckeln ska vara 256 bitar.")
        self._process = os.getpid()


def _params(nonce: bytes, aad: bytes) -> Any:
    return pkcs11.GCMParams(nonce, aad, TAG_BITS)
