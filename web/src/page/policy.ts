/** What the Content-Security-Policy of a host keeps from this page, as the browser tells it. */
import type { Violation } from "../shared/asset-orders";
import type { Problem } from "../shared/problem";
import { PROBLEMS } from "./words";

/** What a policy that brings its own needs of another that is in force beside it. */
const NEEDS: Readonly<Record<string, string>> = {
  "connect-src": "connect-src 'self'",
  "worker-src": "worker-src blob: data:",
  "child-src": "child-src blob: data:",
  "frame-src": "frame-src 'self'",
  "script-src": "script-src 'unsafe-inline' 'wasm-unsafe-eval'",
  "script-src-elem": "script-src 'self' 'unsafe-inline'",
};

/** In these words engines refuse WebAssembly. */
const WASM_REFUSED = /unsafe-eval|content security policy|\bCSP\b/i;

/** A violation is told a moment after what it keeps from happening has failed. */
const TOLD_AFTER_MS = 100;

/** Tells, of a problem that a host's policy is behind, which directive it is. */
export class PolicyWatch {
  #directive: string | null = null;

  /**
   * @param own - The page's own policy: what that refuses was none of the page's to begin with.
   * @param at - Where the page is: its files are below its folder.
   */
  constructor(
    page: Pick<Document, "addEventListener">,
    readonly own: string,
    readonly at: Pick<Location, "origin" | "pathname">,
  ) {
    page.addEventListener("securitypolicyviolation", (event) => this.note(event));
  }

  /** Begin anew: what was refused before has been told. */
  forget(): void {
    this.#directive = null;
  }

  /** Note what a realm's place was refused. */
  refused(directive: string): void {
    this.#directive ??= directive;
  }

  /** Note what was refused, here or in a thread of this page. */
  note(violation: Violation): void {
    const { disposition, effectiveDirective, originalPolicy, blockedURI } = violation;
    if (disposition === "report" || originalPolicy === this.own || !this.#isOurs(blockedURI))
      return;
    if (effectiveDirective in NEEDS || effectiveDirective === TRUSTED_TYPES) {
      this.refused(effectiveDirective);
    }
  }

  /** Why the policy is to blame for what could not be done; null if it is not. */
  async explain(message: string): Promise<Problem | null> {
    await new Promise((resolve) => setTimeout(resolve, TOLD_AFTER_MS));
    const directive = this.#directive ?? (WASM_REFUSED.test(message) ? "script-src" : null);
    return directive === null ? null : PROBLEMS.forbidden(directive, NEEDS[directive]);
  }

  /** Extensions, and a platform's own scripts in this page, are refused things as well. */
  #isOurs(blocked: string): boolean {
    const { origin, pathname } = this.at;
    const isHost = blocked === origin; // all that a frame of no origin is told
    const isBelow = blocked.startsWith(origin + pathname.replace(/[^/]*$/, ""));
    return isHost || isBelow || UNADDRESSED.test(blocked);
  }
}

/** The policy that stands in a page itself. */
export function policyOf(page: Document): string {
  return page.querySelector<HTMLMetaElement>("meta[http-equiv]")?.content ?? "";
}

/** What a page refers to without an address, in the words and schemes that browsers tell. */
const UNADDRESSED = /^(inline|wasm-eval|trusted-types-sink|(blob|data|about)(:.*)?)$/s;

const TRUSTED_TYPES = "require-trusted-types-for";
