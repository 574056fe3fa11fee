/** A few outlines of our own, 24 by 24. Those with a direction turn round in Arabic. */
const PATHS = {
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  journey: "M4 18c4 0 4-6 8-6s4-6 8-6M17 3l3 3-3 3",
  customers: "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-6 10v-2a4 4 0 0 1 4-4h4a4 4 0 0 1 4 4v2M16 3.1a4 4 0 0 1 0 7.8M21 21v-2a4 4 0 0 0-3-3.9",
  behaviour: "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
  sales: "M6 2 4 6v14a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V6l-2-4zM4 6h16M16 10a4 4 0 0 1-8 0",
  sources: "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zm0 0v6c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12v6c0 1.7 3.6 3 8 3s8-1.3 8-3v-6",
  questions: "M8 8a4 4 0 1 1 6 3.5c-1.3.7-2 1.5-2 3M12 18.5v.01",
  live: "M12 12v.01M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.5 18.5a9 9 0 0 1 0-13M18.5 5.5a9 9 0 0 1 0 13",
  search: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zm11 4-6-6",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4",
  dark: "M20 14.5A8 8 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  download: "M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2M7 11l5 5 5-5M12 4v12",
  controls: "M4 6h10M18 6h2M4 12h2M10 12h10M4 18h12M20 18h0M14 4v4M8 10v4M18 16v4",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1",
  boards: "M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z",
  pin: "M9 3h6l-1 6 4 4H6l4-4zM12 13v8",
  earlier: "M12 19V5M6 11l6-6 6 6",
  later: "M12 5v14M6 13l6 6 6-6",
  widen: "M8 8l-4 4 4 4M16 8l4 4-4 4M4 12h16",
  narrow: "M4 8l4 4-4 4M20 8l-4 4 4 4M2 12h6M16 12h6",
  pen: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  note: "M5 5h14v14H5zM5 9h14M9 3v4M15 3v4M12 12v4M10 14h4",
  away: "M5 7h14M10 4h4M7 7l1 13h8l1-13M10 11v6M14 11v6",
} as const;
export type IconName = keyof typeof PATHS;
const TURNING: readonly IconName[] = ["journey"];

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round"
      strokeLinejoin="round" aria-hidden="true" className={TURNING.includes(name) ? "turns" : undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
