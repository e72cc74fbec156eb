"""Made-up blocks, mandals and booths below the real assemblies, for demos and trials.

Names say nothing of any real place: a direction, a number. The same seed of
``chance`` gives the same tree. Sums are as in the real case: 2 blocks an assembly,
2,200 mandals and 61,000 polling booths for 200 assemblies.
"""

from collections.abc import Iterable, Iterator
from random import Random

from committees.domain.tree import Row
from committees.levels import Level

BLOCKS = (("अ", "A"), ("ब", "B"))
DIRECTIONS = (
    ("मध्य", "Central"), ("उत्तर", "North"), ("पूर्व", "East"), ("दक्षिण", "South"), ("पश्चिम", "West"),
    ("उत्तर-पूर्व", "North-East"), ("दक्षिण-पश्चिम", "South-West"),
)  # fmt: skip
PLACES = (
    ("राजकीय विद्यालय", "Government School"), ("सामुदायिक भवन", "Community Hall"), ("पंचायत भवन", "Panchayat Office"),
    ("आँगनवाड़ी केंद्र", "Anganwadi Centre"), ("राजकीय महाविद्यालय", "Government College"), ("पटवार घर", "Patwar Office"),
)  # fmt: skip
MANDALS_IN_ALL = 11  # of one assembly: 5 and 6 in its two blocks
BOOTHS_IN_ALL = 305  # of one assembly on average
BOOTHS_VARY = 0.15


def rows_below(assemblies: Iterable[Row], *, chance: Random, booths: bool = True) -> Iterator[Row]:
    """Rows for ``tree.load``: blocks, mandals and (unless told not to) booths of these assemblies."""
    for assembly in assemblies:
        blocks = [_block(assembly, at) for at in range(len(BLOCKS))]
        yield from blocks
        mandals = [_mandal(blocks[at % 2], assembly, at) for at in range(MANDALS_IN_ALL)]
        yield from mandals
        if booths:
            yield from _booths(assembly, mandals, chance)


def _block(assembly: Row, at: int) -> Row:
    hi, en = BLOCKS[at]
    return Row(
        Level.BLOCK, f"{assembly.code}-{en}", assembly.code,
        f"{assembly.name_hi} ब्लॉक {hi}", f"{assembly.name_en} Block {en}", slug=f"block-{en.lower()}",
    )  # fmt: skip


def _mandal(block: Row, assembly: Row, at: int) -> Row:
    hi, en = DIRECTIONS[at // 2]
    return Row(
        Level.MANDAL, f"{block.code}-M{at // 2 + 1}", block.code,
        f"{block.name_hi.rsplit(' ', 1)[0].removesuffix(' ब्लॉक')} {hi} ({block.name_hi.rsplit(' ', 1)[1]})",
        f"{assembly.name_en} {en} ({block.name_en.rsplit(' ', 1)[1]})", slug=f"mandal-{at // 2 + 1}",
    )  # fmt: skip


def _booths(assembly: Row, mandals: list[Row], chance: Random) -> Iterator[Row]:
    """Part numbers run through the assembly, mandal after mandal, as on a roll."""
    count = round(BOOTHS_IN_ALL * (1 + chance.uniform(-BOOTHS_VARY, BOOTHS_VARY)))
    pin = f"{chance.randint(301000, 345000)}"
    for part in range(1, count + 1):
        mandal = mandals[(part - 1) * len(mandals) // count]
        hi, en = chance.choice(PLACES)
        room = chance.randint(1, 9)
        yield Row(
            Level.BOOTH, f"{assembly.code}-P{part:03}", mandal.code,
            f"भाग {part} · {hi}, कक्ष {room}, {assembly.name_hi}",
            f"Part {part} · {en}, Room {room}, {assembly.name_en}",
            part, slug=f"b-{part}", pin=pin,
        )  # fmt: skip
