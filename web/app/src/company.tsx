/** The shop as it is understood: where it is, its money, its days; what was set where Masarat is started is only shown. */
import { Button, Group, NumberInput, Select, Text, TextInput, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { send, type Company } from "./api";
import { useCompany } from "./asking";
import Fees from "./fees";
import { Waiting } from "./look";
import { Oops } from "./oops";
import { language, say } from "./words";

/** Where our merchants are, with the money, zone and weekend usual there; the rest of the world follows. */
const PLACES: Record<string, [currency: string, timezone: string, weekend: string]> = {
  SA: ["SAR", "Asia/Riyadh", "fri-sat"],
  AE: ["AED", "Asia/Dubai", "sat-sun"],
  KW: ["KWD", "Asia/Kuwait", "fri-sat"],
  QA: ["QAR", "Asia/Qatar", "fri-sat"],
  BH: ["BHD", "Asia/Bahrain", "fri-sat"],
  OM: ["OMR", "Asia/Muscat", "fri-sat"],
  EG: ["EGP", "Africa/Cairo", "fri-sat"],
  JO: ["JOD", "Asia/Amman", "fri-sat"],
  IQ: ["IQD", "Asia/Baghdad", "fri-sat"],
  LB: ["LBP", "Asia/Beirut", "sat-sun"],
  YE: ["YER", "Asia/Aden", "fri-sat"],
  MA: ["MAD", "Africa/Casablanca", "sat-sun"],
  TN: ["TND", "Africa/Tunis", "sat-sun"],
  DZ: ["DZD", "Africa/Algiers", "fri-sat"],
  TR: ["TRY", "Europe/Istanbul", "sat-sun"],
  GB: ["GBP", "Europe/London", "sat-sun"],
  US: ["USD", "America/New_York", "sat-sun"],
};
const FIRST = ["country", "currency", "timezone", "weekend", "language"];
const THEN = ["calendar", "digits"];
/** What sales cost the shop beside goods, with the most that may be said. Empty is not known. */
const RATES: Record<string, number> = { vat_percent: 100, parcel_cost: 1e6, minute_cost: 1e6, point_value: 1e6 };
const CHOICES: Record<string, string[]> = {
  country: Object.keys(PLACES),
  currency: [...new Set(Object.values(PLACES).map(([currency]) => currency))].concat("EUR"),
  timezone: Intl.supportedValuesOf("timeZone"),
  weekend: ["fri-sat", "sat-sun", "thu-fri", "fri"],
  language: ["ar", "en"],
  calendar: ["gregorian", "hijri"],
  digits: ["latin", "arabic"],
};
const named = (type: "region" | "currency") => new Intl.DisplayNames(language, { type });
const LABEL: Record<string, (value: string) => string> = {
  country: (value) => named("region").of(value) ?? value,
  currency: (value) => `${named("currency").of(value) ?? value} (${value})`,
  timezone: (value) => value.replaceAll("_", " "),
};

/** The form. At the first run it asks the few things that figures hang on; in the settings all of them. */
export default function CompanyForm({ first = false, done }: { first?: boolean; done?: () => void }) {
  const company = useCompany();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Record<string, string>>({});
  const save = useMutation({
    mutationFn: (body: Record<string, string>) => send<Company>("POST", "/v1/company", body),
    onSuccess: (found) => {
      cache.setQueryData(["company"], found);
      setDraft({});
      if ("digits" in draft || "calendar" in draft) location.reload(); // every figure on the page is written anew
      else void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "company" });
      done?.();
    },
  });
  if (company.error) return <Oops error={company.error} retry={() => company.refetch()} />;
  if (!company.data) return <Waiting height={160} />;
  const { settings, told } = company.data;
  const of = (name: string) => settings.find((one) => one.name === name)!;
  const value = (name: string) => draft[name] ?? String(of(name).value ?? "");
  const choose = (name: string, next: string) => {
    const usual = name === "country" ? PLACES[next] : undefined;
    const along = usual ? Object.fromEntries(["currency", "timezone", "weekend"].map((other, place) => [other, usual[place]!] as const).filter(([other]) => of(other).open)) : {};
    setDraft({ ...draft, ...along, [name]: next });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(first ? Object.fromEntries(FIRST.filter((name) => of(name).open).map((name) => [name, value(name)])) : draft);
  };
  const field = (name: string) => {
    const { open, variable } = of(name);
    const options = [...new Set([...CHOICES[name]!, value(name)])].map((one) => ({ value: one, label: LABEL[name]?.(one) ?? say(`company-${name}-${one}`) }));
    return <Select key={name} label={say(`company-${name}`)} description={open ? undefined : say("company-fixed", { variable })} data={options} value={value(name)} disabled={!open} allowDeselect={false} searchable={options.length > 12} onChange={(next) => next && choose(name, next)} w={220} />;
  };
  const said = (name: string) => (of(name).open ? undefined : say("company-fixed", { variable: of(name).variable }));
  const rate = (name: string) => (
    <NumberInput key={name} label={say(`company-${name}`)} description={said(name)} value={value(name)} min={0} max={RATES[name]!} clampBehavior="blur" decimalScale={4} hideControls disabled={!of(name).open} suffix={name === "vat_percent" ? "%" : ` ${value("currency")}`} onChange={(next) => setDraft({ ...draft, [name]: String(next) })} w={220} />
  );
  return (
    <form onSubmit={submit} aria-label={say("company")} className="company">
      <Group align="end" gap="sm">{FIRST.map(field)}{!first && THEN.map(field)}</Group>
      {!first && (
        <>
          <Text size="sm" c="dimmed" mt="lg" mb="xs">{say("company-rates")}</Text>
          <Group align="end" gap="sm">{Object.keys(RATES).map(rate)}</Group>
          <Fees text={value("payment_fees")} note={said("payment_fees")} open={of("payment_fees").open} change={(text) => setDraft({ ...draft, payment_fees: text })} />
          <Text size="sm" c="dimmed" mt="lg" mb="xs">{say("company-register")}</Text>
          <Group align="start" gap="sm">
            {Object.keys(told).map((name) =>
              name === "controller" || name === "officer" || name === "contact"
                ? <TextInput key={name} label={say(`company-${name}`)} value={draft[name] ?? told[name]!} maxLength={2000} dir="auto" onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })} w={300} />
                : <Textarea key={name} label={say(`company-${name}`)} value={draft[name] ?? told[name]!} maxLength={2000} dir="auto" autosize minRows={1} maxRows={5} onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })} w={300} />,
            )}
          </Group>
          <dl className="facts">
            {settings.filter((one) => !CHOICES[one.name] && !(one.name in RATES) && one.name !== "payment_fees").map((one) => <div key={one.name}><dt>{say(`company-${one.name}`)}</dt><dd><bdi dir="ltr">{String(one.value)}</bdi> <Text span size="xs" c="dimmed"><bdi dir="ltr">{one.variable}</bdi></Text></dd></div>)}
          </dl>
        </>
      )}
      {save.error && <Oops error={save.error} />}
      <Group mt="md"><Button type="submit" loading={save.isPending} disabled={!first && !Object.keys(draft).length}>{say(first ? "company-go-on" : "company-save")}</Button></Group>
    </form>
  );
}
