"""What a camera may ask of whoever holds something up, one at a time; knows neither words nor pictures."""

from enum import StrEnum


class Hint(StrEnum):
    """The value ends a text id and names a pictogram."""

    CLOSER = "closer"
    FARTHER = "farther"
    TOO_DARK = "too_dark"
    GLARE = "glare"
    UPSIDE_DOWN = "upside_down"
    HOLD_STILL = "hold_still"
    ON_A_SCREEN = "on_a_screen"
    """A photo of a card, shown by a phone."""
    OTHER_SIDE = "other_side"
    """The back of the card."""
    NOT_A_CARD = "not_a_card"
