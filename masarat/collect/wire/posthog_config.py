"""What posthog-js asks before it sends: its flags, and what it may do here, as a script or as JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from masarat.collect.wire.base import Reply, Request, Taken, new_id


def flags(request: Request) -> Taken:
    """No flags, so that the SDK goes on with the defaults of the site."""
    body = {
        "flags": {},
        "featureFlags": {},
        "featureFlagPayloads": {},
        "errorsWhileComputingFlags": False,
        "requestId": new_id(),
    }
    return Taken("", [], Reply(msgspec.json.encode(body)))


def config(request: Request) -> Taken:
    """What posthog-js may do here: pack its requests, capture clicks; no recording, no surveys."""
    return Taken("", [], Reply(msgspec.json.encode(_config(request))))


def config_script(request: Request) -> Taken:
    """The same as a script, which posthog-js asks for first: without it, every page would complain on its console."""
    told = {"config": _config(request), "siteApps": []}
    script = b"(window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{})[%b]=%b" % (
        msgspec.json.encode(request.path.split("/")[-2]),
        msgspec.json.encode(told),
    )
    return Taken("", [], Reply(script, content_type="text/javascript; charset=utf-8"))


def _config(request: Request) -> dict[str, Any]:
    """Of surveys nothing is said: told anything of them, posthog-js asks for their script, even where there are none."""
    return {
        "token": request.path.split("/")[-2],
        "supportedCompression": ["gzip", "gzip-js"],
        "autocapture_opt_out": False,  # unsaid, it would be off
        "elementsChainAsString": True,
        "sessionRecording": False,
        "heatmaps": False,
        "siteApps": [],
    }
