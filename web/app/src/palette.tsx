/** ⌘K: every question by its title or name, and customers as they are typed. Loaded when it is first opened (`frame.tsx`). */
import { Spotlight, spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { get, type Hit, type Start } from "./api";
import { useBoards } from "./boards";
import { PLACES } from "./frame";
import { Icon, type IconName } from "./icons";
import { say } from "./words";

export const openPalette = spotlight.open;

const LETTERS = 3; // from here on customers are looked for

export function Palette({ sections, may }: { sections: Start["sections"]; may: string[] }) {
  const go = useNavigate();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed.trim(), 200);
  const people = useQuery({
    queryKey: ["find", text],
    queryFn: ({ signal }) => get<{ customers: Hit[] }>("/v1/customers", { search: text, limit: "5" }, signal),
    enabled: may.includes("customer") && text.length >= LETTERS,
    retry: false,
  });
  const boards = useBoards(true).data?.boards ?? [];
  const groups: SpotlightActionGroupData[] = sections.map((section) => ({
    group: say(`section-${section.name}`),
    actions: section.questions.map((one) => ({
      id: one.name,
      label: one.title,
      description: one.about,
      keywords: [one.name, one.name.replaceAll("_", " ")],
      leftSection: <Icon name={section.name as IconName} size={18} />,
      onClick: () => void go({ to: "/ask/$name", params: { name: one.name } }),
    })),
  }));
  groups.push({
    group: say("pages"),
    actions: PLACES.filter((one) => one.may === "member" || may.includes(one.may)).map((one) => ({
      id: `page-${one.name}`,
      label: say(one.name),
      leftSection: <Icon name={one.icon} size={18} />,
      onClick: () => void go({ to: one.to }),
    })),
  }, {
    group: say("boards"),
    actions: [
      { id: "boards", label: say("boards"), description: say("boards-about"), leftSection: <Icon name="boards" size={18} />, onClick: () => void go({ to: "/boards" }) },
      ...boards.map((one) => ({
        id: `board ${one.id}`,
        label: one.title,
        description: say("board-cards", { n: one.cards.length }),
        leftSection: <Icon name="boards" size={18} />,
        onClick: () => void go({ to: "/board/$number", params: { number: String(one.id) } }),
      })),
    ],
  });
  const found = people.data?.customers ?? [];
  if (found.length)
    groups.unshift({
      group: say("section-customers"),
      actions: found.map((one) => ({
        id: `customer ${one.customer}`,
        label: one.name || one.customer,
        description: [one.phone, one.email, one.city].filter(Boolean).join(" · "),
        keywords: [text], // the server found them: they are not sifted again here
        leftSection: <Icon name="customers" size={18} />,
        onClick: () => void go({ to: "/customer/$", params: { _splat: one.customer } }),
      })),
    });
  return (
    <Spotlight
      query={typed} onQueryChange={setTyped}
      actions={groups} shortcut={null} nothingFound={say("found-nothing")} highlightQuery scrollable maxHeight={420} limit={12}
      searchProps={{ placeholder: say("find-about"), leftSection: <Icon name="search" size={18} />, "aria-label": say("find") }}
    />
  );
}
