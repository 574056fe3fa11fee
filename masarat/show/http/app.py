"""The server put together: every route in one visible list, with the permission that opens it."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from masarat.analyse import ANALYSES, Answer
from masarat.collect.receiving import Draining, Receiving
from masarat.records.masks import Masks
from masarat.shop import Shop
from masarat.show.accounts import Accounts
from masarat.show.http import annotations as noted_days
from masarat.show.http import (
    api_keys,
    audit,
    backups,
    boards,
    browser,
    coding,
    company,
    connections,
    consents,
    customers,
    errors,
    files,
    identity,
    keys,
    live,
    look,
    maps,
    offered,
    pages,
    privacy,
    questions,
    register,
    resetting,
    review,
    sample,
    script,
    search,
    segments,
    signing,
    sources,
    sql,
    stages,
    state,
    targets,
    users,
)
from masarat.show.http.attempts import Attempts
from masarat.show.http.digits import Digits
from masarat.show.http.door import allow
from masarat.show.http.guard import Guard
from masarat.show.http.halfway import Halfway
from masarat.show.http.hourly import hourly
from masarat.show.http.kept import OLDEST_SECONDS, Kept
from masarat.show.http.lasting import Lasting
from masarat.show.http.masking import Masking
from masarat.show.http.render import HERE
from masarat.show.http.work import SYNCING, Work
from masarat.show.mail import mail_server
from masarat.show.resets import Resets
from masarat.show.roles import Permission
from masarat.show.typeface import FONTS
from masarat.store.console import Console
from masarat.version import __version__


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path, what answers it, and the permission without which it is shut."""

    method: str
    path: str
    answer: Callable[..., Any]
    permission: Permission
    schema: dict[str, Any] = field(default_factory=dict)  # further words for OpenAPI; pages have none

    @property
    def is_api(self) -> bool:
        return self.path.startswith(("/v1/", "/health", "/ready"))


def _questions() -> tuple[Route, ...]:
    """One route a question, so that each has its own chapter in OpenAPI."""
    return tuple(
        Route("POST", f"/v1/ask/{kind.name}", questions.answerer(kind), "ask", questions.describe(kind))
        for kind in ANALYSES
    )


WARM_AFTER = 2.0  # seconds from the start to the first page being made ready
DUE_SECONDS = 60.0  # how often is looked whether a connection is to be asked
ONE_CUSTOMER = "/v1/customers/{identifier:path}"

ROUTES: tuple[Route, ...] = (
    # Programs
    Route("GET", "/health", state.health, "open"),
    Route("GET", "/ready", state.ready, "open"),
    Route("GET", "/openapi.json", state.openapi, "member"),
    Route("GET", "/v1/catalogue", questions.catalogue, "ask"),
    Route("GET", "/v1/ask/{name}.csv", questions.as_csv, "ask"),
    *_questions(),
    Route("POST", "/v1/ask/{name}", questions.unknown, "ask"),
    Route("POST", "/v1/explain/{name}", questions.explain, "ask"),
    Route("GET", "/v1/start", look.start, "ask"),
    Route("GET", "/v1/look/{name}", look.look, "ask"),
    Route("GET", "/v1/controls/{name}", look.asking, "ask"),
    Route("GET", "/v1/how/{name}", look.how, "ask"),
    Route("GET", "/v1/picture/{name}.png", look.picture, "ask"),
    Route("GET", "/v1/offered", offered.moves, "ask"),
    Route("GET", "/v1/offered/{name}", offered.values, "ask"),
    Route("GET", "/v1/sql", sql.tables, "sql"),
    Route("POST", "/v1/sql", sql.run, "sql"),
    Route("GET", "/v1/stages", stages.show, "ask"),
    Route("POST", "/v1/stages", stages.change, "stages"),
    Route("GET", "/v1/segments", segments.show, "ask"),
    Route("POST", "/v1/segments", segments.save, "segments"),
    Route("POST", "/v1/segments/try", segments.try_, "ask"),
    Route("POST", "/v1/segments/found", segments.found, "segments"),
    Route("POST", "/v1/segments/refresh", segments.refresh, "segments"),
    Route("POST", "/v1/segments/{name}/renew", segments.renew, "segments"),
    Route("DELETE", "/v1/segments/{name}", segments.remove, "segments"),
    Route("GET", "/v1/maps", maps.show, "ask"),
    Route("POST", "/v1/maps", maps.make, "stages"),
    Route("GET", "/v1/maps/{number:int}", maps.one, "ask"),
    Route("PUT", "/v1/maps/{number:int}", maps.change, "stages"),
    Route("DELETE", "/v1/maps/{number:int}", maps.remove, "stages"),
    Route("GET", "/v1/maps/{number:int}/versions", maps.versions, "ask"),
    Route("GET", "/v1/boards", boards.show, "ask"),
    Route("POST", "/v1/boards", boards.make, "segments"),
    Route("GET", "/v1/boards/{number:int}", boards.one, "ask"),
    Route("PUT", "/v1/boards/{number:int}", boards.change, "segments"),
    Route("DELETE", "/v1/boards/{number:int}", boards.remove, "segments"),
    Route("GET", "/v1/annotations", noted_days.show, "ask"),
    Route("POST", "/v1/annotations", noted_days.add, "segments"),
    Route("PUT", "/v1/annotations/{number:int}", noted_days.change, "segments"),
    Route("DELETE", "/v1/annotations/{number:int}", noted_days.remove, "segments"),
    Route("GET", "/v1/targets", targets.show, "ask"),
    Route("POST", "/v1/targets", targets.change, "stages"),
    Route("DELETE", "/v1/targets", targets.remove, "stages"),
    Route("POST", "/v1/import", files.take_in, "import"),
    Route("GET", "/v1/sample", sample.show, "ask"),
    Route("POST", "/v1/sample", sample.begin, "import"),
    Route("GET", "/v1/backups", backups.show, "users"),
    Route("POST", "/v1/backups", backups.begin, "users"),
    Route("DELETE", "/v1/backups/{name}", backups.delete, "users"),
    Route("GET", "/v1/receiving", state.receiving, "sources"),
    Route("GET", "/v1/sources", files.sources, "sources"),
    Route("GET", "/v1/connections", connections.show, "sources"),
    Route("GET", "/v1/connectors", connections.programs, "connect"),
    Route("POST", "/v1/connections", connections.connect, "connect"),
    Route("DELETE", "/v1/connections/{name}", connections.disconnect, "connect"),
    Route("GET", "/v1/keys", keys.show, "connect"),
    Route("POST", "/v1/keys", keys.make, "connect"),
    Route("DELETE", "/v1/keys/{key}", keys.revoke, "connect"),
    Route("POST", "/v1/connections/{name}/sync", connections.sync, "import"),
    Route("GET", "/v1/quarantine", files.quarantined, "import"),
    Route("POST", "/v1/quarantine", files.replay, "import"),
    Route("DELETE", "/v1/quarantine", files.dismiss, "import"),
    Route("GET", "/v1/report", files.report, "report"),
    Route("GET", "/v1/live", live.stream, "ask"),
    Route("GET", "/v1/consents", consents.show, "consent"),
    Route("POST", "/v1/consents", consents.tell, "consent"),
    Route("GET", "/v1/register", register.register, "audit"),
    Route("GET", "/v1/identity", identity.show, "identity"),
    Route("GET", "/v1/identity/log", identity.log, "identity"),
    Route("POST", "/v1/identity", identity.decide, "identity"),
    Route("GET", "/v1/review", review.show, "identity"),
    Route("POST", "/v1/review", review.answer, "identity"),
    Route("POST", "/v1/review/refresh", review.refresh, "identity"),
    Route("POST", "/v1/privacy/erase", privacy.erase, "privacy"),
    Route("POST", "/v1/privacy/again", privacy.again, "privacy"),
    Route("GET", "/v1/privacy/export", privacy.export, "privacy"),
    Route("GET", "/v1/privacy/retention", privacy.periods, "privacy"),
    Route("POST", "/v1/privacy/retention", privacy.keep, "privacy"),
    Route("POST", "/v1/privacy/sweep", privacy.sweep, "privacy"),
    Route("GET", "/v1/privacy/masks", privacy.masks, "privacy"),
    Route("POST", "/v1/privacy/masks", privacy.mask, "privacy"),
    Route("GET", "/v1/privacy/certificates", privacy.certificates, "privacy"),
    Route("GET", "/v1/privacy/certificates/{number}", privacy.certificate, "privacy"),
    Route("GET", "/v1/customers", search.find, "customer"),
    Route("GET", "/v1/tags", customers.tags, "customer"),
    Route("GET", "/v1/fact-rules", customers.rules, "customer"),
    Route("POST", "/v1/fact-rules", customers.choose, "customer"),
    Route("GET", f"{ONE_CUSTOMER}/timeline", customers.timeline, "customer"),
    Route("GET", f"{ONE_CUSTOMER}/outlook", customers.outlook, "customer"),
    Route("POST", f"{ONE_CUSTOMER}/notes", customers.write_note, "customer"),
    Route("DELETE", f"{ONE_CUSTOMER}/notes/{{number:int}}", customers.delete_note, "customer"),
    Route("POST", f"{ONE_CUSTOMER}/notes/{{number:int}}/restore", customers.restore_note, "customer"),
    Route("POST", f"{ONE_CUSTOMER}/tags", customers.tag, "customer"),
    Route("DELETE", f"{ONE_CUSTOMER}/tags", customers.untag, "customer"),
    Route("POST", f"{ONE_CUSTOMER}/relations", customers.relate, "customer"),
    Route("DELETE", f"{ONE_CUSTOMER}/relations", customers.unrelate, "customer"),
    Route("POST", f"{ONE_CUSTOMER}/facts", customers.write_fact, "customer"),
    Route("DELETE", f"{ONE_CUSTOMER}/facts", customers.remove_fact, "customer"),
    Route("POST", f"{ONE_CUSTOMER}/files", customers.attach, "customer"),
    Route("GET", f"{ONE_CUSTOMER}/files/{{number:int}}", customers.file, "customer"),
    Route("DELETE", f"{ONE_CUSTOMER}/files/{{number:int}}", customers.detach, "customer"),
    Route(
        "GET", ONE_CUSTOMER, customers.show, "customer"
    ),  # after the longer paths: an identifier may have any letters
    Route("GET", "/v1/account", users.own, "member"),
    Route("POST", "/v1/account/password", users.own_password, "member"),
    Route("DELETE", "/v1/account/sessions", users.sign_out_others, "member"),
    Route("DELETE", "/v1/account/sessions/{number:int}", users.sign_out_one, "member"),
    Route("GET", "/v1/account/codes", coding.show, "member"),
    Route("POST", "/v1/account/codes", coding.begin, "member"),
    Route("POST", "/v1/account/codes/confirm", coding.confirm, "member"),
    Route("POST", "/v1/account/codes/recovery", coding.renew, "member"),
    Route("DELETE", "/v1/account/codes", coding.remove, "member"),
    Route("GET", "/v1/company", company.show, "privacy"),
    Route("POST", "/v1/company", company.change, "privacy"),
    Route("GET", "/v1/api-keys", api_keys.show, "users"),
    Route("POST", "/v1/api-keys", api_keys.make, "users"),
    Route("DELETE", "/v1/api-keys/{name}", api_keys.revoke, "users"),
    Route("GET", "/v1/users", users.show, "users"),
    Route("POST", "/v1/users", users.add, "users"),
    Route("POST", "/v1/users/{email}", users.change, "users"),
    Route("GET", "/v1/audit", audit.audit, "audit"),
    # People
    Route("GET", "/static/colours.css", pages.colours, "open"),
    Route("GET", "/setup/{token}", signing.setup_page, "open"),
    Route("POST", "/setup/{token}", signing.set_up, "open"),
    Route("GET", "/signin", signing.sign_in_page, "open"),
    Route("POST", "/signin", signing.sign_in, "open"),
    Route("POST", "/signin/code", signing.sign_in_code, "open"),
    Route("GET", "/forgotten", resetting.forgotten_page, "open"),
    Route("POST", "/forgotten", resetting.forgotten, "open"),
    Route("GET", "/reset/{token}", resetting.reset_page, "open"),
    Route("POST", "/reset/{token}", resetting.reset, "open"),
    Route("GET", "/v1/mail", resetting.told, "users"),
    Route("POST", "/v1/mail/test", resetting.test, "users"),
    Route("POST", "/signout", signing.sign_out, "member"),
    Route("GET", "/", pages.home, "ask"),
    Route("GET", "/ask/{name}", pages.question, "ask"),
    Route("POST", "/ask/{name}/segment", segments.keep, "segments"),
    Route("GET", "/segments", segments.page, "ask"),
    Route("POST", "/segments", segments.keep_found, "segments"),
    Route("POST", "/segments/{name}", segments.change, "segments"),
    Route("GET", "/live", live.page, "ask"),
    Route("GET", "/questions", pages.all_questions, "ask"),
    Route("GET", "/sources", sources.page, "sources"),
    Route("POST", "/sources", sources.bring, "import"),
    Route("POST", "/sources/sync", sources.ask_now, "import"),
    Route("POST", "/sources/disconnect", sources.let_go, "connect"),
    Route("GET", "/sources/{name}", sources.program, "connect"),
    Route("POST", "/sources/{name}", sources.connect, "connect"),
    Route("GET", "/docs", pages.docs, "member"),
    # The app in the browser, which does the rest
    Route("GET", "/app", browser.page, "ask"),
    Route("GET", "/app/{path:path}", browser.page, "ask"),
    Route("GET", "/assets/{name}", browser.asset, "open"),
    # The browser SDK
    *(Route("GET", f"/{name}", script.script, "open") for name in script.FILES),
)


def create_app(shop: Shop, *, token: str = "", warm: bool = False) -> FastAPI:
    """The server of an open shop. `token` is what commands run beside it show; `app.state.setup` is the first owner's;
    with `warm` the first page's answers are found before somebody asks."""
    app = FastAPI(
        title="Masarat", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=_life
    )
    app.state.shop, app.state.work, app.state.kept = shop, Work(shop), Kept(shop)
    app.state.syncing, app.state.going = Work(shop, SYNCING), set[asyncio.Future[None]]()
    app.state.sampling = sample.Sampling()
    app.state.copying = backups.Copying()
    app.state.console = Console(shop.store)
    app.state.watching = live.Watching(app.state.work)
    app.state.accounts, app.state.attempts = Accounts(shop.records), Attempts()
    app.state.token, app.state.halfway = token, Halfway()
    app.state.mail, app.state.resets = mail_server(shop.settings), Resets(app.state.accounts, shop.settings)
    app.state.letters = Attempts(pair=3, address=20, account=6)
    app.state.receiving = Receiving(shop.settings, shop.records)
    app.state.draining = Draining(shop.store, shop.settings, shop.hear, lambda: shop.records.tombstones.gone)
    shop.served = True
    app.state.warm = warm
    app.state.setup = secrets.token_urlsafe(24) if app.state.accounts.is_empty() else ""
    for route in ROUTES:
        _add(app, route)
    app.mount("/static", Lasting(HERE / "static", seconds=3_600))
    app.mount("/fonts", Lasting(FONTS, seconds=30 * 86_400))
    errors.install(app)
    app.state.masks = Masks(shop.records)
    app.add_middleware(Masking, masks=app.state.masks)
    app.add_middleware(Digits, settings=shop.settings)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    app.add_middleware(Guard, upload_bytes=shop.settings.upload)
    return app


def _add(app: FastAPI, route: Route) -> None:
    described = {"response_model": Answer} if route.schema else {"response_model": None}
    app.add_api_route(
        route.path,
        route.answer,
        methods=[route.method],
        dependencies=[Depends(allow(route.permission))],
        include_in_schema=route.is_api and route.answer is not questions.unknown,
        operation_id=re.sub(r"\W+", "_", f"{route.method} {route.path}").strip("_").lower(),
        **described,
        **route.schema,
    )


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    shop: Shop = app.state.shop
    deeds = (
        shop.identity.fold,
        shop.review.keep_fresh,
        shop.customers.renew,
        shop.privacy.daily,
        shop.meet_sales,
        shop.segments.keep_fresh,
    )
    going = [asyncio.create_task(hourly(app.state.work, deed)) for deed in deeds]
    if app.state.warm:
        going.append(
            asyncio.create_task(
                hourly(app.state.work, app.state.kept.warm, seconds=OLDEST_SECONDS, first=WARM_AFTER)
            )
        )
    going.append(asyncio.create_task(hourly(app.state.syncing, shop.sync_due, seconds=DUE_SECONDS)))
    yield
    shop.stopping.set()
    for task in going:
        task.cancel()
    await asyncio.to_thread(app.state.receiving.close)
    await asyncio.to_thread(app.state.draining.stop)
    app.state.syncing.close()
    app.state.work.close()
    app.state.shop.close()
