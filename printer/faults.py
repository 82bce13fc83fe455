"""The one root class of everything that can go wrong on the way to paper. It knows no printer and no slip."""


class PrinterFault(Exception):
    """Root of all faults of this package."""


class SlipUnreadable(PrinterFault):
    """A stored or received slip is not one of the known layouts, or lacks a field."""


class SlipTooWide(PrinterFault):
    """Something that may not be shrunk (a QR code) is wider than the paper."""


class FaceMissing(PrinterFault):
    """The Chinese font files are not on this machine."""


class PictogramMissing(PrinterFault):
    """No picture is stored under this name; the layout then prints the sign's name instead."""


class UnknownProfile(PrinterFault):
    """No make of printer is known by this name, or it has no paper as wide."""


class UnknownProof(PrinterFault):
    """A proof was asked for in a kind of file that is none of ours."""
