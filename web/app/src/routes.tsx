/** Every address of the app. What an answer is asked with stands in the address as text, the same as at `/v1/look`. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Frame } from "./frame";
import { Oops } from "./oops";
import type { Parameters } from "./api";

const root = createRootRoute({ component: Frame, notFoundComponent: () => <Oops error={new Error("404")} /> });

const pulse = createRoute({ getParentRoute: () => root, path: "/", component: lazyRouteComponent(() => import("./pages/pulse"), "Pulse") });
const customers = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  component: lazyRouteComponent(() => import("./pages/customers"), "Customers"),
});
const customer = createRoute({
  getParentRoute: () => root,
  path: "/customer/$",
  component: lazyRouteComponent(() => import("./pages/customer"), "Customer"),
});
const segments = createRoute({
  getParentRoute: () => root,
  path: "/segments",
  component: lazyRouteComponent(() => import("./pages/segments"), "Segments"),
});
const review = createRoute({
  getParentRoute: () => root,
  path: "/review",
  component: lazyRouteComponent(() => import("./pages/review"), "Review"),
});
const sources = createRoute({
  getParentRoute: () => root,
  path: "/sources",
  component: lazyRouteComponent(() => import("./pages/sources"), "Sources"),
});
const connect = createRoute({ getParentRoute: () => root, path: "/connect", component: lazyRouteComponent(() => import("./pages/connect"), "Connect") });
const connectOne = createRoute({ getParentRoute: () => root, path: "/connect/$name", component: lazyRouteComponent(() => import("./pages/connect"), "ConnectOne") });
const sql = createRoute({
  getParentRoute: () => root,
  path: "/sql",
  component: lazyRouteComponent(() => import("./pages/sql"), "Sql"),
});
const questions = createRoute({
  getParentRoute: () => root,
  path: "/questions",
  component: lazyRouteComponent(() => import("./pages/questions"), "Questions"),
});
const live = createRoute({
  getParentRoute: () => root,
  path: "/live",
  component: lazyRouteComponent(() => import("./pages/live"), "Live"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings"), "Settings"),
});
const maps = createRoute({
  getParentRoute: () => root,
  path: "/maps",
  component: lazyRouteComponent(() => import("./pages/maps"), "Maps"),
});
const map = createRoute({
  getParentRoute: () => root,
  path: "/map/$number",
  component: lazyRouteComponent(() => import("./pages/map"), "OneMap"),
});
const journey = createRoute({
  getParentRoute: () => root,
  path: "/journey",
  component: lazyRouteComponent(() => import("./pages/journey"), "Journey"),
});
const section = createRoute({
  getParentRoute: () => root,
  path: "/s/$section",
  component: lazyRouteComponent(() => import("./pages/section"), "Section"),
});
const question = createRoute({
  getParentRoute: () => root,
  path: "/ask/$name",
  component: lazyRouteComponent(() => import("./pages/question"), "Question"),
});

const boards = createRoute({ getParentRoute: () => root, path: "/boards", component: lazyRouteComponent(() => import("./pages/boards"), "Boards") });
const board = createRoute({ getParentRoute: () => root, path: "/board/$number", component: lazyRouteComponent(() => import("./pages/board"), "OneBoard") });

/** The address as plain texts: `?period=last_30_days&by=week`, never JSON. */
export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([pulse, customers, customer, segments, review, sources, connect, connectOne, sql, questions, live, settings, maps, map, journey, section, question, boards, board]),
    basepath: "/app",
    defaultPreload: false,
    pathParamsAllowedCharacters: [":", "@", "+"], // identifiers stay readable
    parseSearch: (text): Parameters => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (given) => {
      const texts = Object.entries(given).filter(([, value]) => value !== undefined && value !== "");
      const query = new URLSearchParams(texts.map(([name, value]) => [name, String(value)])).toString();
      return query && `?${query}`;
    },
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
