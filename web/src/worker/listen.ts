import type { DriverMessage, RealmMessage, StartMessage } from "../shared/messages";
import { Interpreter } from "./interpreter";

/** Answer a driver over one port. */
export function listen({ role, port }: StartMessage): void {
  // Bound before any submission runs, so that later changes to prototypes do not reach it.
  const send = port.postMessage.bind(port) as (message: RealmMessage) => void;
  const interpreter = new Interpreter(role, send);
  port.addEventListener("message", async ({ data }: MessageEvent<DriverMessage>) => {
    if (data.kind === "file") interpreter.files.put(data.name, data.bytes);
    else send(await interpreter.obey(data));
  });
  port.start();
}
