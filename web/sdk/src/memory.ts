/**
 * What the SDK remembers: in the browser where that is allowed, else only as long as the page stands.
 *
 * The queue lives in sessionStorage, so that every tab has its own; all else in localStorage, which all tabs share.
 */
export interface Memory {
  /** `always` reads and writes the browser even where visitors are not to be recognised: their choice itself. */
  get<Value>(name: string, always?: boolean): Value | undefined;
  set(name: string, value: unknown, always?: boolean): void;
  forget(...names: string[]): void;
  /** Bring what is only on the page into the browser: consent was given. */
  settle(): void;
}

export const QUEUE = "queue";

export const createMemory = (allowed: () => boolean): Memory => {
  const held = new Map<string, unknown>();
  const key = (name: string): string => "masarat." + name;
  /** The browser may refuse to keep anything for this site, or be full; then the page remembers. */
  const attempt = <Found>(name: string, act: (area: Storage) => Found): Found | undefined => {
    try {
      return act(name === QUEUE ? sessionStorage : localStorage);
    } catch {
      return undefined;
    }
  };
  const memory: Memory = {
    get<Value>(name: string, always?: boolean) {
      const kept = attempt(name, (area) => (always || allowed()) && JSON.parse(area.getItem(key(name))!));
      return (held.get(name) || kept || undefined) as Value;
    },
    set(name, value, always) {
      held.set(name, value);
      attempt(name, (area) => {
        if (!always && !allowed()) return;
        area.setItem(key(name), JSON.stringify(value));
        held.delete(name);
      });
    },
    forget(...names) {
      for (const name of names) {
        held.delete(name);
        attempt(name, (area) => area.removeItem(key(name)));
      }
    },
    settle() {
      held.forEach((value, name) => memory.set(name, value));
    },
  };
  return memory;
};
