"""Who looks at the page: device, browser, system and whether it is a machine, from the user agent.

Browser and system are ua-parser's (the list of https://github.com/ua-parser/uap-core), bots are CrawlerDetect's. A new iPad calls itself
a Mac and is counted as a desktop: its agent does not tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from crawlerdetect import CrawlerDetect  # type: ignore[import-untyped]
from ua_parser import parse

LONGEST = 512  # letters of an agent that are read: what is remembered must not grow with what is sent

HANDSETS = ("iOS", "Android", "HarmonyOS", "Windows Phone", "KaiOS")
TV = re.compile(r"smart-?tv|\btv\b|appletv|googletv|bravia|web0s|hbbtv|netcast|roku|\baft[a-z]|crkey", re.I)
TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook|sm-[tx]\d", re.I)


@dataclass(frozen=True, slots=True)
class Agent:
    """One user agent, read. A program that sends for others, such as a server's SDK, is no `visitor` and has no device."""

    device: str = ""
    browser: str = ""
    system: str = ""
    bot: bool = False
    visitor: bool = False


NOBODY = Agent()


def read_agent(text: str) -> Agent:
    """The agent of a request. A server's HTTP library is no bot: it sends what the shop gave it."""
    return _read(text[:LONGEST])


@lru_cache(20_000)
def _read(text: str) -> Agent:
    if not text:
        return NOBODY
    found = parse(text)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    if not text.startswith(("Mozilla/", "Opera/")) and system not in HANDSETS:
        return NOBODY
    spider = found.device is not None and found.device.family == "Spider"
    return Agent(device(text, system), browser, system, spider or is_crawler(text), visitor=True)


def read_visitor(text: str) -> Agent:
    """The agent that an event names as its visitor's own: whatever is no browser is a bot or at least no device."""
    return _read_visitor(text[:LONGEST])


@lru_cache(20_000)
def _read_visitor(text: str) -> Agent:
    found = _read(text)
    return found if found.visitor or not text else Agent(bot=is_crawler(text), visitor=True)


def device(text: str, system: str) -> str:
    """'mobile', 'tablet', 'tv' or 'desktop'. Android says Mobile on telephones and leaves it out on tablets."""
    if TV.search(text):
        return "tv"
    if TABLET.search(text) or (system == "Android" and "Mobile" not in text and text.startswith("Mozilla/")):
        return "tablet"
    if system in HANDSETS or "Mobi" in text:
        return "mobile"
    return "desktop"


def is_crawler(text: str) -> bool:
    return bool(_detector().is_crawler(text))


@cache
def _detector() -> CrawlerDetect:
    return CrawlerDetect()


def warm() -> None:
    """Load the lists now: the first request must not wait for them."""
    read_agent("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
