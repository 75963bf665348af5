"""The fixed hash of near-duplicate texts, scheme `jixiao/minhash/1`: written down, so that it is the same for years.

A text is what `bare` leaves of it; its set is the set of its pairs of neighbouring letters, each pair as the number
first × 2**21 + second of their code points (no two pairs share one, so a Jaccard index of these sets is exact). All
arithmetic is modulo 2**64:

    mix(x):   x ^= x >> 30;  x *= 0xBF58476D1CE4E5B9;  x ^= x >> 27;  x *= 0x94D049BB133111EB;  x ^= x >> 31
    h         = mix(pair + 0x9E3779B97F4A7C15)
    row i     = the least (h * A[i] + B[i]) of all pairs, its upper 32 bits          (i from 0 to 95)
    A[i], B[i] = mix((2i + 1) * 0x9E3779B97F4A7C15) | 1,  mix((2i + 2) * 0x9E3779B97F4A7C15)
    key j     = ((row 4j * M + row 4j+1) * M + row 4j+2) * M + row 4j+3, its upper 32 bits, M = 0x9E3779B97F4A7C15

Two texts are candidates where a key of the same place is the same. Texts of Jaccard index J are so with a probability
of 1 − (1 − J⁴)²⁴: 0.9986 at 0.7, the least that is asked for, and more above. Every candidate is then computed exactly.

Sources: Broder, On the resemblance and containment of documents (1997); Indyk and Motwani, Approximate nearest
neighbors (1998), for the bands; Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014), for mix.
"""

from fractions import Fraction
from typing import Final

SCHEME: Final = "jixiao/minhash/1"
BANDS: Final = 24
ROWS: Final = 4
WORD: Final = 2**64
GOLDEN: Final = 0x9E3779B97F4A7C15
FIRST: Final = 0xBF58476D1CE4E5B9
SECOND: Final = 0x94D049BB133111EB
LETTER: Final = 21
"""Bits of a code point."""
LEAST: Final = Fraction(7, 10)
"""The least Jaccard index of two texts that are called alike."""
LETTERS: Final = 15
"""Shorter texts are never called alike: there are few ways to say a short thing. The bound of copied goals, too."""
BUCKET: Final = 64
"""Within one key each text is held against the first so many of the key; what that leaves out is counted and said."""


def mix(x: int) -> int:
    """The finaliser of splitmix64: a permutation of the 64-bit numbers in which every bit moves every other."""
    x = ((x ^ (x >> 30)) * FIRST) % WORD
    x = ((x ^ (x >> 27)) * SECOND) % WORD
    return x ^ (x >> 31)


FACTORS: Final = tuple(mix((2 * at + 1) * GOLDEN % WORD) | 1 for at in range(BANDS * ROWS))
SHIFTS: Final = tuple(mix((2 * at + 2) * GOLDEN % WORD) for at in range(BANDS * ROWS))


def alike(shared: int, one: int, other: int) -> bool:
    """Whether two sets of so many pairs, so many of them shared, reach the least Jaccard index."""
    return shared * LEAST.denominator >= (one + other - shared) * LEAST.numerator
