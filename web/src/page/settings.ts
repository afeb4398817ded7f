/** How a reader likes pages of exercises to be: kept in this browser, for all of its origin. */
import type { Store } from "./store";

export interface Settings {
  readonly theme: Theme;
  /** Of the code (per cent). */
  readonly size: number;
  /** Whether long lines go on below; `auto`: where a line has little room. */
  readonly wrap: Wrap;
  readonly keyHints: boolean;
  /** Whether keys that also type a character do something where nothing is typed. */
  readonly singleKeys: boolean;
  /** Whether mistakes are marked while one types. */
  readonly marks: boolean;
}

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const WRAPS = ["auto", "on", "off"] as const;
export type Wrap = (typeof WRAPS)[number];
export const SIZES: readonly number[] = [85, 100, 115, 130, 150, 175, 200];

export const SETTINGS_KEY = "exercise:settings";

const DEFAULTS: Settings = {
  theme: "system",
  size: 100,
  wrap: "auto",
  keyHints: true,
  singleKeys: true,
  marks: true,
};

/** What is kept, as far as it makes sense. */
export function readSettings(store: Store): Settings {
  const kept = Object(store.readJson(SETTINGS_KEY)) as Settings;
  const { theme, size, wrap } = kept;
  const whether = (name: "keyHints" | "singleKeys" | "marks"): boolean =>
    typeof kept[name] === "boolean" ? kept[name] : DEFAULTS[name];
  return {
    theme: THEMES.includes(theme) ? theme : DEFAULTS.theme,
    size: SIZES.includes(size) ? size : DEFAULTS.size,
    wrap: WRAPS.includes(wrap) ? wrap : DEFAULTS.wrap,
    keyHints: whether("keyHints"),
    singleKeys: whether("singleKeys"),
    marks: whether("marks"),
  };
}

/** Bring the page in line with all that holds for the whole of it. */
export function applySettings(page: Document, { theme, size, keyHints }: Settings): void {
  const root = page.documentElement;
  root.dataset.theme = theme;
  root.style.setProperty("--code-scale", String(size / 100));
  root.toggleAttribute("data-no-key-hints", !keyHints);
  const dark = page.getElementById("dark");
  if (dark instanceof HTMLStyleElement) dark.media = DARK[theme];
}

/** When the dark colours hold. */
const DARK: Readonly<Record<Theme, string>> = {
  system: "(prefers-color-scheme: dark)",
  light: "not all",
  dark: "all",
};

/** The settings of this visit: where nothing is kept, they hold until it ends. */
export class Preferences {
  #now: Settings;
  /** Whether the browser keeps them. */
  #isKept: boolean;

  /** @param onChange - Called when they are others, here or in another tab. */
  constructor(
    private readonly store: Store,
    private readonly onChange: (settings: Settings) => void,
  ) {
    this.#now = readSettings(store);
    this.#isKept = store.isThere;
  }

  get now(): Settings {
    return this.#now;
  }

  /** Whether they hold on a next visit, too: in some private windows only writing fails. */
  get isKept(): boolean {
    return this.#isKept && this.store.takes(`${SETTINGS_KEY}:probe`);
  }

  /** Where the browser has emptied its storage meanwhile, those of this visit are all there are. */
  change(part: Partial<Settings>): void {
    const isThere = this.#isKept && this.store.read(SETTINGS_KEY) !== null;
    const kept = isThere ? readSettings(this.store) : this.#now;
    this.#now = { ...kept, ...part };
    this.#isKept = this.store.write(SETTINGS_KEY, JSON.stringify(this.#now));
    this.onChange(this.#now);
  }

  /** Another tab has changed them. */
  follow(): void {
    this.#now = readSettings(this.store);
    this.onChange(this.#now);
  }
}
