/** Asks a Python of its own what is wrong with a text: when that may be, and of which texts. */
import { type Finding, readFindings } from "../driver/check";
import type { CheckingOptions } from "../page/assistance";
import type { OwnRealm } from "../page/own-realm";

/** What has come of a text. */
type Checked =
  | { readonly kind: "found"; readonly findings: readonly Finding[] }
  /** It is not to be known. */
  | { readonly kind: "unknown" }
  /** It may be asked once more in so long, or when that is permitted. */
  | { readonly kind: "later"; readonly ms: number | null };

/** A text that takes longer breaks it. */
const SECONDS = 5;
/** For so long a run lets it go on, which is enough for all but few texts. */
const MOMENT_MS = 300;
/** Its rest after one failure; after each further one, twice as long, up to the longest. */
const REST_MS = 15_000;
const LONGEST_REST_MS = 600_000;
/** Of so many texts is known that they broke it. */
const MOST_KEPT = 20;

export class Checker {
  readonly #realm: Pick<OwnRealm, "ask" | "end">;
  /** Whether it has answered, and is still there. */
  #isUp = false;
  readonly #broke = new Set<string>();
  #failures = 0;
  #restsUntil = 0;
  #asking: AbortController | null = null;
  #moment: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: CheckingOptions) {
    this.#realm = options.open(() => {
      this.#isUp = false;
    });
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Check a text; one at a time. */
  async check(text: string): Promise<Checked> {
    if (!this.options.permission.isGiven) return { kind: "later", ms: null };
    if (this.#broke.has(text)) return { kind: "unknown" };
    const ms = this.#restsUntil - performance.now();
    if (ms > 0) return { kind: "later", ms };
    const stop = new AbortController();
    this.#asking = stop;
    const argument = JSON.stringify({ source: text });
    const question = { name: "check", argument, seconds: SECONDS } as const;
    const heard = await this.#realm.ask(question, stop.signal);
    this.#asking = null;
    if (heard.kind !== "answer") this.#isUp = false; // it has ended
    if (heard.kind === "stopped") return { kind: "later", ms: null };
    if (heard.kind === "unavailable") return { kind: "later", ms: this.rest() };
    const findings = heard.kind === "answer" ? readFindings(heard.text) : null;
    if (findings === null) return this.#broken(text);
    this.#isUp = true;
    this.#failures = 0;
    return { kind: "found", findings };
  }

  /** What is permitted has changed: what nobody needs ends, and what takes from a run. */
  follow(): void {
    const { permission } = this.options;
    if (!permission.isWanted) this.end();
    clearTimeout(this.#moment);
    if (permission.isGiven) return;
    const asking = this.#asking;
    if (this.#isUp) this.#moment = setTimeout(() => asking?.abort(), MOMENT_MS);
    else asking?.abort(); // which ends it on its way
  }

  end(): void {
    this.#isUp = false;
    this.#asking?.abort();
    this.#realm.end();
  }

  /** End it, and leave it so for a while: for how long is returned. */
  rest(): number {
    this.end();
    const ms = Math.min(REST_MS * 2 ** this.#failures++, LONGEST_REST_MS);
    this.#restsUntil = performance.now() + ms;
    return ms;
  }

  #broken(text: string): Checked {
    this.rest();
    this.#broke.add(text);
    const [oldest = ""] = this.#broke;
    if (this.#broke.size > MOST_KEPT) this.#broke.delete(oldest);
    return { kind: "unknown" };
  }
}
