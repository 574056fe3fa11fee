"""All settings, from MASARAT_* environment variables; the rest of the code receives this object and reads no environment."""

from __future__ import annotations

import os
import re
from errno import EACCES
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from masarat.errors import BadParameter

Language = Literal["ar", "en"]
Calendar = Literal["gregorian", "hijri"]
Weekend = Literal["fri-sat", "sat-sun", "thu-fri", "fri"]

SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; BadParameter where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a directory of zones, like Asia
        raise BadParameter(f"{name!r} is not a time zone.", "Write it like Asia/Riyadh.") from None


def make_directory(directory: Path) -> None:
    """Make the data directory where it is not there yet, closed to others: it holds password hashes. BadParameter where that cannot be."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(directory, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    except OSError as error:
        raise BadParameter(
            f"The directory {directory} cannot hold a shop: {error.strerror}.",
            "Name another with --data or MASARAT_DATA, or give yourself the right to write there.",
        ) from None


class Settings(BaseSettings):
    """One shop, one data directory.

    `MASARAT_DATA` is the directory that holds everything (store, records, lock). `MASARAT_STORE` moves the event store to a
    cluster: `clickhouse://user:password@host:8123/database`; unset, it is embedded in the data directory.
    """

    model_config = SettingsConfigDict(env_prefix="MASARAT_", extra="ignore")

    data: Path = Field(Path("data"), description="Directory that holds everything Masarat keeps.")
    store: str = Field("", description="Store address; empty means embedded in the data directory.")
    cluster: str = Field("", description="Name of the ClickHouse cluster, where the store is one.")
    records: str = Field(
        "", description="Database address of the records; empty means SQLite in the data directory."
    )
    secret: SecretStr = Field(
        SecretStr(""), description="Key that encrypts stored secrets; empty: a file in the data directory."
    )
    backups: str = Field(
        "", description="Directory of backups, best on another disk; empty: backups in the data directory."
    )
    url: str = Field(
        "", description="Where people open Masarat, for the links in letters: https://masarat.example.com."
    )
    mail: SecretStr = Field(
        SecretStr(""),
        description="Mail server of letters to users: smtp://user:password@host:587?from=shop@example.com; empty: none are sent.",
    )
    memory: int = Field(1536 << 20, description="Bytes the embedded engine may use: 1.5G, 800M, …")
    remembered: int = Field(
        32 << 20,
        ge=0,
        description="Bytes of answers that are kept until something is written, beside an embedded engine; 0 keeps none.",
    )
    query_seconds: int = Field(60, ge=1, description="Longest time one question may take.")
    upload: int = Field(2 << 30, description="Largest upload the server takes, in bytes: 2G, 500M, …")
    folders: str = Field(
        "", description="Directories in which folders may be watched, separated by commas; empty: anywhere."
    )
    backlog: int = Field(2 << 30, description="Bytes of events that may wait for the store: 2G, 500M, …")
    reserve: int = Field(
        256 << 20, description="Bytes of the disk that are left free: below that no events are taken."
    )
    consent: Literal["off", "opt-out", "opt-in"] = Field(
        "opt-out",
        description="Whether visitors are known until they object, only after they agree, or always.",
    )
    without_consent: Literal["cookieless", "refuse"] = Field(
        "cookieless", description="What becomes of events of visitors who may not be known."
    )
    addresses: Literal["drop", "truncate"] = Field("drop", description="What is kept of IP addresses.")
    domains: str = Field("", description="Further sites of the shop, separated by commas: no referrers.")
    country_header: str = Field(
        "", description="Header in which a trusted proxy tells the visitor's country."
    )
    session_minutes: float = Field(30, gt=0, description="Silence after which a new visit begins.")
    session_campaign: bool = Field(True, description="Whether another campaign begins a new visit.")
    session_midnight: bool = Field(False, description="Whether midnight begins a new visit.")
    late_days: float = Field(7, gt=0, description="Events older than this are marked as late.")
    identity_limits: str = Field(
        "", description="How many identifiers of a kind one customer may have, where not 5: anon=20,email=3."
    )
    own_contacts: str = Field(
        "",
        description="The shop's own phones (+966…) and e-mails, separated by commas: they name no customer.",
    )
    merge_above: float = Field(
        0.95,
        ge=0.95,
        le=1,
        description="How likely two customers with one phone and name must be one to be merged unasked; 1: ask always.",
    )
    timezone: str = Field("Asia/Riyadh", description="The shop's time zone; answers are given in it.")
    currency: str = Field(
        "SAR", pattern="^[A-Z]{3}$", description="Currency of amounts that name none (ISO 4217)."
    )
    country: str = Field(
        "SA", pattern="^[A-Z]{2}$", description="Where the shop is (ISO 3166): how phone numbers are read."
    )
    language: Language = Field("en", description="Language of answers when none is asked for.")
    calendar: Calendar = Field("gregorian", description="Calendar of months when none is asked for.")
    weekend: Weekend = Field("fri-sat", description="The days on which most people rest.")
    digits: Literal["latin", "arabic"] = Field(
        "latin", description="Digits of figures in Arabic: 123 (latin) or ١٢٣ (arabic)."
    )

    payment_fees: str = Field(
        "", max_length=1000, description="Payment fees by method: mada=0.8%, card=2.7%+1, *=0 (all others)."
    )
    parcel_cost: float | None = Field(
        None, ge=0, le=1e6, description="What a parcel costs the shop, each way, like 20."
    )
    minute_cost: float | None = Field(
        None, ge=0, le=1e6, description="What a minute of service costs, like 1.5."
    )
    point_value: float | None = Field(
        None, ge=0, le=1e6, description="What a loyalty point is worth, like 0.05."
    )
    vat_percent: float | None = Field(
        None, ge=0, le=100, description="VAT in the prices of orders that tell none, like 15."
    )

    @model_validator(mode="wrap")
    @classmethod
    def say_what_is_wrong(cls, given: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return read(given)
        except ValidationError as error:
            fault = error.errors()[0]
            name = str(fault["loc"][0])
            field = cls.model_fields[name]
            raise BadParameter(
                f"MASARAT_{name.upper()}={fault['input']!r} cannot be used: {fault['msg']}.",
                f"{field.description} Write it like {field.default}.",
            ) from None

    @field_validator("memory", "remembered", "upload", "backlog", "reserve", mode="before")
    @classmethod
    def read_size(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?\s*", value, re.IGNORECASE)
        if not match:
            raise BadParameter(
                f"MASARAT_{str(info.field_name).upper()}={value!r} is not a size.",
                "Write it like 1.5G or 800M.",
            )
        return int(float(match[1]) * SIZES[match[2].upper()])

    @field_validator("parcel_cost", "minute_cost", "point_value", "vat_percent", mode="before")
    @classmethod
    def read_rate(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("url")
    @classmethod
    def know_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", value):
            raise BadParameter(
                f"MASARAT_URL={value!r} is not an address.", "Write it like https://masarat.example.com."
            )
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def know_zone(cls, value: str) -> str:
        return zone_of(value).key

    def take(self, name: str, value: str) -> None:
        """Use this from now on, everywhere in this process, where nothing was set when it started. BadParameter where it cannot be used."""
        if name not in self.model_fields_set:
            self.__dict__[name] = getattr(type(self).model_validate({name: value}), name)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def store_url(self) -> str:
        return self.store or f"chdb:///{(self.data / 'store').resolve().as_posix().lstrip('/')}"

    @property
    def backups_directory(self) -> Path:
        return Path(self.backups) if self.backups else self.data / "backups"

    @property
    def records_url(self) -> str:
        return self.records or f"sqlite:///{(self.data / 'records.db').resolve()}"
