/** The thread that looks for expressions. */
import script from "../search-worker/main?script";
import { startThread } from "../shared/spawn";

export const startSearchThread = (): Worker => startThread(script);
