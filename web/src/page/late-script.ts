/**
 * A script of its own for a part of the page that is not needed at first: the editor, and what a
 * learner may never open. It is fetched when it is wanted, and hands over what it makes.
 */
import { AssetError } from "../shared/problem";
import { LATE, PROBLEMS } from "./words";

/** What the page knows of each such script: where it is, and what it must hash to. */
declare const __LATE_SCRIPTS__: Readonly<Record<LateName, LateFile>>;

interface LateFile {
  readonly url: string;
  readonly integrity: string;
}

/** By the folders of their entries, `src/NAME/main.ts`. */
export type LateName =
  | "editor"
  | "assist"
  | "console"
  | "steps"
  | "explore"
  | "solution"
  | "dialogs";

const eventOf = (name: LateName): string => `exercise:${name}`;

/** In a late script: hand over what it makes to the page. */
export function handOver(name: LateName, made: unknown): void {
  document.dispatchEvent(new CustomEvent(eventOf(name), { detail: made }));
}

const fetched = new Map<LateName, Promise<unknown>>();

/**
 * Fetch a late script, once, and return what it hands over; rejects with `AssetError` where it does not
 * come, and whoever asks again, tries again.
 *
 * @param nonce - What the page's content security policy knows scripts by.
 */
export function fetchScript<T>(page: Document, name: LateName, nonce: string): Promise<T> {
  let script = fetched.get(name) as Promise<T> | undefined;
  if (script === undefined) {
    script = runScript<T>(page, name, nonce);
    fetched.set(name, script);
    script.catch(() => fetched.delete(name));
  }
  return script;
}

function runScript<T>(page: Document, name: LateName, nonce: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const onMade = (event: Event): void => resolve((event as CustomEvent<T>).detail);
    page.addEventListener(eventOf(name), onMade, { once: true });
    const script = scriptElement(page, __LATE_SCRIPTS__[name], nonce);
    script.addEventListener("error", () => {
      page.removeEventListener(eventOf(name), onMade);
      script.remove();
      reject(new AssetError(PROBLEMS.missingFile(LATE[name], "")));
    });
    page.head.append(script);
  });
}

function scriptElement(page: Document, file: LateFile, nonce: string): HTMLScriptElement {
  const script = page.createElement("script");
  script.nonce = nonce;
  // A page of no origin may hold a script to its hash only where the host says that anybody may.
  if (self.origin !== "null") script.integrity = file.integrity;
  script.src = file.url;
  return script;
}

/** In a late script: take up its styles, which the policy knows by the same nonce. */
export function addStyle(page: Document, style: string, nonce: string): void {
  const sheet = page.createElement("style");
  sheet.nonce = nonce;
  sheet.textContent = style;
  page.head.append(sheet);
}
