"""What may be sent without a login: signing in, and pairing a new device."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hallserver.services.commands import Command, Short

Secret = Annotated[str, StringConstraints(min_length=1, max_length=128)]
NewSecret = Annotated[str, StringConstraints(min_length=8, max_length=128)]


class LogIn(Command):
    """A person signs in with a password."""

    login: Short
    password: Secret


class LogInByPin(Command):
    """A person signs in on a paired tablet."""

    login: Short
    pin: Annotated[str, StringConstraints(pattern=r"^\d{4,8}$")]


class Recover(Command):
    """The sealed one-time code opens a locked login and sets a new password."""

    login: Short
    recovery_code: Annotated[str, Field(max_length=40)]
    new_password: NewSecret


class AskPairing(Command):
    """A new device asks for six digits to show."""

    role: Literal["wall", "kiosk", "tablet", "printer", "network"]


OPEN_POSTS: dict[str, tuple[str, type[Command]]] = {
    "/session": ("Sign in", LogIn),
    "/session/pin": ("Sign in on a paired tablet", LogInByPin),
    "/session/recover": ("Open a locked login", Recover),
    "/pairing": ("Ask for pairing", AskPairing),
}
