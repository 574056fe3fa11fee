/** Every question that can be asked, found by words of either spelling. */
import { Card, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Parameters } from "../api";
import { useStart } from "../asking";
import { Icon } from "../icons";
import { Waiting } from "../look";
import { say } from "../words";

/** One spelling of each letter, as the server folds them. */
export function folded(text: string): string {
  return text.toLowerCase().replace(/[\u0640\u064b-\u065f\u0670]/g, "").replace(/[أإآٱ]/g, "ا").replace(/[ىئ]/g, "ي").replace(/ة/g, "ه").replace(/ؤ/g, "و");
}

export function Questions() {
  const { q = "" } = useSearch({ strict: false }) as Parameters;
  const go = useNavigate();
  const sections = useStart().data?.sections;
  const wanted = folded(q).split(/\s+/).filter(Boolean);
  const fits = (one: { name: string; title: string; about: string }) => wanted.every((word) => folded(`${one.title} ${one.about} ${one.name}`).includes(word));
  const found = sections?.map((section) => ({ ...section, questions: section.questions.filter(fits) })).filter((section) => section.questions.length);
  return (
    <Stack gap="lg" className="page">
      <Title order={1}>{say("questions")}</Title>
      <TextInput
        size="md" value={q} type="search" dir="auto" leftSection={<Icon name="search" />} placeholder={say("questions-find")} aria-label={say("questions-find")}
        onChange={(event) => void go({ to: "/questions", search: (event.currentTarget.value ? { q: event.currentTarget.value } : {}) as never, replace: true })}
      />
      {!found && <Waiting />}
      {found?.length === 0 && <Text c="dimmed" className="empty">{say("questions-none")}</Text>}
      {found?.map((section) => (
        <section key={section.name} aria-label={say(`section-${section.name}`)}>
          <Title order={2} size="h4" mb="xs">{say(`section-${section.name}`)}</Title>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {section.questions.map((one) => (
              <Card key={one.name} component={Link} {...({ to: "/ask/$name", params: { name: one.name } } as object)} withBorder padding="md" className="choice">
                <Title order={3} size="h5">{one.title}</Title>
                <Text size="sm" c="dimmed">{one.about}</Text>
              </Card>
            ))}
          </SimpleGrid>
        </section>
      ))}
    </Stack>
  );
}
