/** How files reach a realm, by whatever port. */
import type { AssetName } from "./assets";
import type { FileMessage } from "./messages";

/**
 * Send files, each when it is here.
 *
 * @param get - Gets a file's bytes, which stay where they are.
 */
export async function deliver(
  names: readonly AssetName[],
  get: (name: AssetName) => Promise<ArrayBuffer>,
  port: MessagePort,
): Promise<void> {
  const send = async (name: AssetName): Promise<void> => {
    // A copy that is given away: a message would copy what it only shows, once more over there.
    const bytes = (await get(name)).slice(0);
    port.postMessage({ kind: "file", name, bytes } satisfies FileMessage, [bytes]);
  };
  await Promise.all(names.map(send));
}
