import type { Problem } from "../shared/problem";
import { PROBLEMS } from "./words";

interface Need {
  readonly name: string;
  isMet(): boolean;
}

const NEEDS: readonly Need[] = [
  { name: "WebAssembly", isMet: () => typeof WebAssembly === "object" },
  { name: "web workers", isMet: () => typeof Worker === "function" },
  { name: "message channels", isMet: () => typeof MessageChannel === "function" },
  {
    name: "checked downloads",
    isMet: () => typeof Request === "function" && "integrity" in Request.prototype,
  },
  { name: "sandboxed frames", isMet: hasFrames },
  {
    name: "file addresses made by the page",
    isMet: () => typeof URL.createObjectURL === "function",
  },
];

/** What keeps Python from running on this page, before anything is downloaded; null if nothing. */
export function missingSupport(): Problem | null {
  if (location.protocol === "file:") return PROBLEMS.openedAsFile;
  const missing = NEEDS.filter((need) => !need.isMet()).map((need) => need.name);
  if (missing.length === 0) return null;
  return PROBLEMS.lacking(missing.join(", "));
}

function hasFrames(): boolean {
  const frame = document.createElement("iframe");
  return "srcdoc" in frame && "sandbox" in frame;
}
