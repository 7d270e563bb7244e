"""One line of the report."""

import dataclasses


@dataclasses.dataclass
class Figure:
    name: str
    text: str                  # The value, with its peer where there is one.
    floor: str = ""            # In words; empty: none is judged.
    met: bool = True
    cause: str = ""            # Why a floor was missed.
