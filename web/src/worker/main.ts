/**
 * Inside a realm's worker: boot an interpreter, then answer the driver over one port.
 * The text of this script follows pyodide.asm.js in one blob, so nothing is loaded by address.
 */
import type { StartMessage } from "../shared/messages";
import { listen } from "./listen";

self.addEventListener("message", (event: MessageEvent<StartMessage>) => listen(event.data), {
  once: true,
});
