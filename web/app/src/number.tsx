/** A figure that a question asks for. */
import { NumberInput } from "@mantine/core";
import type { Control } from "./api";

export default function NumberField({ one, value, set }: { one: Control; value: string; set: (text: string) => void }) {
  return (
    <NumberInput label={one.label} name={one.name} value={value} allowDecimal={!one.whole} hideControls onChange={(number) => set(String(number))} dir="ltr"
      {...(one.low === null ? {} : { min: one.low })} {...(one.high === null ? {} : { max: one.high })} />
  );
}
