/** What every page stands in: the sections in the merchant's words, the palette that finds everything, language and light. */
import { ActionIcon, AppShell, Burger, Group, NavLink, Skeleton, Text, Tooltip, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useStart } from "./asking";
import { Icon, type IconName } from "./icons";
import { Oops } from "./oops";
import { say, switchLanguage } from "./words";

const palette = () => import("./palette");
const Palette = lazy(async () => ({ default: (await palette()).Palette }));

export function Mark() {
  return (
    <svg className="mark" width="28" height="28" viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" aria-hidden="true">
      <path d="M4 6c9 0 9 10 14 10M4 16h14M4 26c9 0 9-10 14-10" />
      <circle cx="24" cy="16" r="4.4" fill="currentColor" stroke="none" />
    </svg>
  );
}

export function Frame() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const start = useStart();
  useEffect(() => { if (start.error) undraw(); }, [start.error]);
  const [sought, setSought] = useState(false);
  const find = () => {
    setSought(true);
    void palette().then((one) => one.openPalette());
  };
  useHotkeys([["mod+K", find], ["/", find]]);
  return (
    <AppShell header={{ height: 60 }} navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !opened } }} padding={{ base: "md", sm: "xl" }}>
      <a className="skip" href="#content">{say("skip")}</a>
      <AppShell.Header className="top">
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say("menu")} />
          <Link to="/" className="brand"><Mark /><span>{say("masarat")}</span></Link>
          <UnstyledButton className="find" onClick={find} onPointerEnter={() => void palette()}>
            <Icon name="search" size={16} /><span>{say("find")}</span><kbd dir="ltr" aria-hidden="true">⌘K</kbd>
          </UnstyledButton>
          <Light />
          <UnstyledButton className="switch" onClick={switchLanguage} lang={say("other-language-code")}>{say("other-language")}</UnstyledButton>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" component="nav" aria-label={say("sections")}>
        <Places close={close} sections={start.data?.sections.map((one) => one.name)} may={start.data?.may ?? []} />
        {start.data && (
          <div className="whoami">
            <Text size="sm" fw={500} truncate><bdi>{start.data.name}</bdi></Text>
            <form method="post" action="/signout"><button className="plain">{say("sign-out")}</button></form>
          </div>
        )}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>{start.error ? <Oops error={start.error} retry={() => start.refetch()} /> : <Outlet />}</AppShell.Main>
      {sought && <Suspense><Palette sections={start.data?.sections ?? []} may={start.data?.may ?? []} /></Suspense>}
    </AppShell>
  );
}

/** The figures that the server drew with the page go when the app's own stand (`masarat/show/http/drawn.py`). */
export const undraw = () => document.getElementById("drawn")?.remove();

/** Pages beside the sections: address, icon, and the permission they need. */
export const PLACES = [
  { name: "live-now", to: "/live", icon: "live", may: "ask" },
  { name: "questions", to: "/questions", icon: "questions", may: "ask" },
  { name: "maps", to: "/maps", icon: "journey", may: "ask" },
  { name: "segments", to: "/segments", icon: "customers", may: "ask" },
  { name: "review", to: "/review", icon: "customers", may: "identity" },
  { name: "sql", to: "/sql", icon: "behaviour", may: "sql" },
  { name: "settings", to: "/settings", icon: "controls", may: "member" },
] as const;
const SHOWN = ["live-now", "questions", "sql", "settings"]; // below the sections

const OWN: Record<string, string> = { pulse: "/", customers: "/customers", sources: "/sources", journey: "/journey" }; // sections with a page of their own

function Places({ close, sections, may }: { close: () => void; sections: string[] | undefined; may: string[] }) {
  const { pathname } = useLocation();
  if (!sections) return <>{Array.from({ length: 6 }, (_, place) => <Skeleton key={place} h={36} mb={6} />)}</>;
  return (
    <>
      {sections.filter((one) => one !== "sources" || may.includes("sources")).map((one) => {
        const to = OWN[one] ?? `/s/${one}`;
        return (
          <NavLink
            key={one} component={Link} to={to} onClick={close} label={say(`section-${one}`)} leftSection={<Icon name={one as IconName} />}
            active={pathname.replace(/^\/app/, "") === to || (one === "sources" && /\/connect(\/|$)/.test(pathname)) || (one === "pulse" && /^\/(app)?\/?$/.test(pathname))} className="place"
          />
        );
      })}
      <hr className="rule" />
      <NavLink component={Link} to="/boards" onClick={close} label={say("boards")} leftSection={<Icon name="boards" />} active={/^(\/app)?\/boards?(\/|$)/.test(pathname)} className="place" />
      {PLACES.filter((one) => SHOWN.includes(one.name) && (one.may === "member" || may.includes(one.may))).map((one) => (
        <NavLink key={one.name} component={Link} to={one.to} onClick={close} label={say(one.name)} leftSection={<Icon name={one.icon} />} active={pathname.endsWith(one.to)} className="place" />
      ))}
    </>
  );
}

function Light() {
  const { setColorScheme } = useMantineColorScheme();
  const now = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const other = now === "light" ? "dark" : "light";
  return (
    <Tooltip label={say(`light-${other}`)}>
      <ActionIcon variant="subtle" color="gray" onClick={() => setColorScheme(other)} aria-label={say(`light-${other}`)}><Icon name={other} /></ActionIcon>
    </Tooltip>
  );
}
