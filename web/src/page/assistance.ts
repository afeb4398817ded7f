/** What helps with typing, as the page knows it: its script and its names come after the first key. */
import { lateFile } from "./assets";
import type { Assistance } from "./editor-slot";
import { fetchScript } from "./late-script";

export interface AssistanceOptions {
  /** Gets `names.json`. */
  names(): Promise<ArrayBuffer>;
}

export type CreateAssistance = (options: AssistanceOptions) => Assistance;

/** How an editor gets it. */
export function assistanceFor(page: Document, nonce: string): () => Promise<Assistance> {
  const names = lateFile("names.json");
  return async () => {
    const create = await fetchScript<CreateAssistance>(page, "assist", nonce);
    return create({ names });
  };
}
