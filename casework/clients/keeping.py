"""How a person becomes a row of her own: her key first, then her seal and what she is found by."""

from casework.clients import numbers
from casework.clients.models import Client, Identity, NameIndex
from casework.crypto import keyring


def keep_with_own_key(client: Client, identity: Identity) -> None:
    """Saves a new client with a key of her own, and with what her number and name are found by. Within an act."""
    keyring.create_key(keyring.Purpose.CLIENT, client.pk)
    client.identity = identity
    client.number_index = numbers.number_value(identity.number) if identity.number else None
    client.save()
    index_names(client, identity)


def put_identity(client: Client, identity: Identity) -> None:
    """Replaces who she is and what she is found by; of what was before nothing stays. Within an act, before save()."""
    client.identity = identity
    client.pseudonymous = not (identity.name or identity.number)
    client.number_index = numbers.number_value(identity.number) if identity.number else None
    client.name_index.all().delete()
    index_names(client, identity)


def index_names(client: Client, identity: Identity) -> None:
    NameIndex.objects.bulk_create(NameIndex(client=client, value=value) for value in numbers.name_values(identity))
