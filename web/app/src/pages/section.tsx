/** The questions of one section, each with what it answers. */
import { Card, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useStart } from "../asking";
import { Waiting } from "../look";
import { say } from "../words";

/** `bare` leaves the heading to the page it stands in. */
export function Section({ name, bare }: { name?: string; bare?: boolean }) {
  const parameters = useParams({ strict: false }) as { section?: string };
  const section = name ?? parameters.section;
  const questions = useStart().data?.sections.find((one) => one.name === section)?.questions;
  if (!questions) return <Waiting />;
  return (
    <Stack gap="lg" className="page">
      {!bare && <header><Title order={1}>{say(`section-${section}`)}</Title><Text c="dimmed">{say(`section-${section}-about`)}</Text></header>}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {section === "journey" && (
          <Card component={Link} {...({ to: "/maps" } as object)} withBorder padding="lg" className="choice">
            <Title order={2} size="h4">{say("maps")}</Title>
            <Text size="sm" c="dimmed" mt={4}>{say("maps-about")}</Text>
          </Card>
        )}
        {questions.map((one) => (
          <Card key={one.name} component={Link} {...({ to: "/ask/$name", params: { name: one.name } } as object)} withBorder padding="lg" className="choice">
            <Title order={2} size="h4">{one.title}</Title>
            <Text size="sm" c="dimmed" mt={4}>{one.about}</Text>
          </Card>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
