"""The recovery key's seed as SLIP-39 shares on paper (PROTOCOL section 3)."""

from collections.abc import Sequence

from shamir_mnemonic import (
    MnemonicError,
    Share,
    combine_mnemonics,
    generate_mnemonics,
)

from amana.core import keys
from amana.core.refusal import Refusal


def split(seed: bytes, threshold: int, shares: int) -> list[str]:
    """Split a 32-byte seed into mnemonics of 33 words, `threshold` of which give it back.

    `ValueError` when the threshold is not between 2 and the number of shares, 16 at most
    (1 of 1 is taken too).
    """
    if len(seed) != keys.SEED_BYTES:
        raise ValueError("a seed has 32 bytes")
    groups = generate_mnemonics(group_threshold=1, groups=[(threshold, shares)], master_secret=seed)
    return [str(mnemonic) for mnemonic in groups[0]]


def combine(mnemonics: Sequence[str]) -> bytes:
    """The seed from at least `threshold` shares; `Refusal("open")` for too few or foreign ones."""
    try:
        shares = {Share.from_mnemonic(mnemonic) for mnemonic in mnemonics}
        enough = max((share.member_threshold for share in shares), default=0)
        different = [share.mnemonic() for share in shares]
        return bytes(combine_mnemonics(different[:enough]))
    except (MnemonicError, ValueError) as error:
        raise Refusal("open") from error
