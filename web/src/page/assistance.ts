/** What helps with typing, as the page knows it: its script and its names come after the first key. */
import type { Assistance } from "./editor-slot";
import { fetchScript } from "./late-script";
import type { OwnRealm } from "./own-realm";
import type { Permission } from "./permission";

/** What marks mistakes while one types has a Python of its own. */
export interface CheckingOptions {
  /** Opens it when it is first asked; `onGone` hears that it has ended by itself. */
  open(onGone: () => void): Pick<OwnRealm, "ask" | "end">;
  readonly permission: Permission;
}

interface AssistanceOptions {
  /** Gets `names.json`. */
  names(): Promise<ArrayBuffer>;
  readonly checking: CheckingOptions;
}

export type CreateAssistance = (options: AssistanceOptions) => Assistance;

/** How an editor gets it. */
export function assistanceFor(
  page: Document,
  nonce: string,
  options: AssistanceOptions,
): () => Promise<Assistance> {
  return async () => {
    const create = await fetchScript<CreateAssistance>(page, "assist", nonce);
    return create(options);
  };
}
