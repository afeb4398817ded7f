import type {
  DriverMessage,
  FileMessage,
  FilesMessage,
  RealmMessage,
  StartMessage,
} from "../shared/messages";
import { Interpreter } from "./interpreter";

/** Answer a driver over one port; return who answers. */
export function listen({ role, port }: StartMessage): Interpreter {
  // Bound before any submission runs, so that later changes to prototypes do not reach it.
  const send = port.postMessage.bind(port) as (message: RealmMessage) => void;
  const interpreter = new Interpreter(role, send);
  const deliveries: MessagePort[] = [];
  const expect = (delivery: MessagePort): void => {
    delivery.onmessage = ({ data: { name, bytes } }: MessageEvent<FileMessage>) =>
      interpreter.files.put(name, bytes);
    deliveries.push(delivery);
  };
  port.addEventListener("message", async ({ data }: MessageEvent<DriverMessage | FilesMessage>) => {
    switch (data.kind) {
      case "files":
        data.ports.forEach(expect);
        break;
      case "ask":
        send(await interpreter.obey(data));
        break;
      case "boot":
      case "attach":
        send(await interpreter.obey(data));
        deliveries.shift()?.postMessage("arrived");
    }
  });
  port.start();
  return interpreter;
}
