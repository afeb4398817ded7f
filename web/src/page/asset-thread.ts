/** The thread that has the bundle's files. */
import script from "../asset-worker/main?script";
import { startThread } from "../shared/spawn";

export const startAssetThread = (): Worker => startThread(script);
