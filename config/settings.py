"""Machine settings: defaults.toml, then the machine's own file, then the environment; must not know what a hall
chooses."""

from __future__ import annotations

import os
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from config.printer_address import check_printer_address

DEFAULTS = Path(__file__).parent / "defaults.toml"
PREFIX = "GIGHALL_"


class SettingsMistakes(Exception):
    """What is wrong with the settings, every mistake at once, each as one plain sentence."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


def _instant_or_empty(text: str) -> str:
    if text and datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("names no time zone: end it with Z or +08:00")
    return text


def _data_base(url: str) -> str:
    if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must be empty, or begin with sqlite:/// or postgresql+psycopg://")
    return url


def _camera(text: str) -> str:
    scheme, slashes, rest = text.partition("://")
    if not text or text != text.strip():
        raise ValueError('must be a number, /dev/video…, a video file, an address or "off"')
    if slashes and (scheme not in ("rtsp", "rtsps", "http", "https") or not rest.strip("/")):
        raise ValueError("an address begins with rtsp://, rtsps://, http:// or https:// and names a host")
    return text


def _camera_size(text: str) -> str:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 160 <= min(int(width), int(height)) <= 4320):
        raise ValueError("must be WIDTHxHEIGHT in pixels, as 1280x720, neither under 160")
    return text


def _rotation(degrees: int) -> int:
    if degrees not in (0, 90, 180, 270):
        raise ValueError("must be 0, 90, 180 or 270")
    return degrees


Instant = Annotated[str, AfterValidator(_instant_or_empty)]
Port = Annotated[int, Field(ge=0, le=65535)]
WebAddress = Annotated[str, Field(pattern=r"^(https?://[^\s/]+(/[^\s]*)?)?$")]


class Settings(BaseSettings):
    """Every key of defaults.toml; what each means stands there."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, toml_file=DEFAULTS)

    host: str
    port: Port
    metrics_port: Port
    data_dir: Path
    database_url: Annotated[str, AfterValidator(_data_base)]
    redis_url: Annotated[str, Field(pattern=r"^(rediss?://\S+|unix://\S+)?$")]
    public_base_url: WebAddress
    tablet_offline_s: Annotated[int, Field(ge=60, le=86400)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}([-_][A-Za-z0-9]+)*$")]
    log_level: Literal["debug", "info", "warning", "error"]
    log_format: Literal["json", "plain"]
    clock_rate: Annotated[float, Field(gt=0, le=10_000)]
    clock_hall_time: Instant
    clock_real_time: Instant
    server_url: WebAddress
    device_name: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,60}$")]
    camera: Annotated[str, AfterValidator(_camera)]
    camera_size: Annotated[str, AfterValidator(_camera_size)]
    camera_exposure: Annotated[int, Field(ge=0, le=10_000)]
    camera_mirror: bool
    camera_rotation: Annotated[int, AfterValidator(_rotation)]
    kiosk_size: Annotated[str, Field(pattern=r"^\d{3,5}x\d{3,5}$")]
    kiosk_fullscreen: bool
    kiosk_px_per_mm: Annotated[float, Field(ge=1, le=40)]
    printer_address: Annotated[str, AfterValidator(check_printer_address)]
    printer_width_dots: Literal[384, 420, 512, 576]
    printer_profile: str
    printer_near_end_mm: Annotated[int, Field(ge=0, le=100_000)]
    voice: str

    @model_validator(mode="after")
    def _clock_is_whole(self) -> Settings:
        if bool(self.clock_hall_time) != bool(self.clock_real_time):
            raise ValueError("clock_hall_time and clock_real_time belong together")
        return self

    @property
    def database(self) -> str:
        """The data base's URL: embedded SQLite in `data_dir` where none is set."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'hall.sqlite'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, environment, the machine's own file, defaults: the first that has a key wins."""
        own = os.environ.get(PREFIX + "CONFIG")
        files = [TomlConfigSettingsSource(settings_cls, Path(own))] if own else []
        return (init_settings, env_settings, *files, TomlConfigSettingsSource(settings_cls, DEFAULTS))


def load_settings(**given: Any) -> Settings:
    """The settings of this machine; `given` (from the command line) wins. Raises SettingsMistakes with all mistakes."""
    own = os.environ.get(PREFIX + "CONFIG")
    if own and not Path(own).is_file():
        raise SettingsMistakes([f"{PREFIX}CONFIG names {own}, and there is no such file"])
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingsMistakes([_sentence(dict(one)) for one in error.errors()]) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsMistakes([f"{own} is no TOML: {error}"]) from error


def _sentence(error: dict[str, Any]) -> str:
    key = ".".join(str(part) for part in error["loc"]) or "settings"
    if error["type"] == "extra_forbidden":
        return f"{key}: there is no such setting"
    msg = error["msg"].removeprefix("Value error, ")
    return f"{key}: {msg} (it is {error['input']!r})" if error["loc"] else msg
