"""Seals persons' data and codes at rest and makes the keyed hashes they are looked up by. Knows no table."""

import hashlib
import hmac
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_BYTES, NONCE_BYTES = 32, 12


class Vault:
    """One master key, two derived ones: AES-256-GCM for sealing, HMAC-SHA-256 for look-up."""

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != KEY_BYTES:
            raise ValueError(f"a vault key has {KEY_BYTES} bytes, not {len(master_key)}")
        self._cipher = AESGCM(_derived(master_key, b"gighall seal"))
        self._hash_key = _derived(master_key, b"gighall look-up")

    def seal(self, text: str) -> bytes:
        """Encrypted and authenticated; a new nonce each time."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def open(self, sealed: bytes) -> str:
        """What was sealed; `cryptography.exceptions.InvalidTag` where key or bytes are not right."""
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()

    def look_up(self, text: str) -> str:
        """64 hex characters, the same for the same text in this hall and nowhere else."""
        return hmac.digest(self._hash_key, text.encode(), hashlib.sha256).hex()


def _derived(master_key: bytes, purpose: bytes) -> bytes:
    return HKDFExpand(algorithm=hashes.SHA256(), length=KEY_BYTES, info=purpose).derive(master_key)


def load_key(path: Path) -> bytes:
    """The hall's master key from its file; made at the first start, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()


def token_hash(token: str) -> str:
    """Hash of a 256-bit random token: such tokens need no salt and no stretching."""
    return hashlib.sha256(token.encode()).hexdigest()
