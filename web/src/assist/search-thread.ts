/** The thread that looks for expressions. */
import script from "../search-worker/main?script";

export function startThread(): Worker {
  return new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
}
