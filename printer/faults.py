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
