/** The thread that has the bundle's files. */
import script from "../asset-worker/main?script";

export function startAssetThread(): Worker {
  return new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
}
