import type { Problem } from "../shared/problem";

const OTHER_BROWSER =
  "Open this page in a current version of Firefox, Chrome, Edge or Safari, and without a setting or extension that switches browser features off.";

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
  if (location.protocol === "file:") return openedAsFile();
  const missing = NEEDS.filter((need) => !need.isMet()).map((need) => need.name);
  if (missing.length === 0) return null;
  return { what: `This browser lacks ${missing.join(", ")}.`, remedy: OTHER_BROWSER };
}

function openedAsFile(): Problem {
  return {
    what: "This page was opened as a file, and a browser runs no Python from a file.",
    remedy:
      "Run `python -m http.server` in this folder and open the address it prints, or ask your instructor for the web address.",
  };
}

function hasFrames(): boolean {
  const frame = document.createElement("iframe");
  return "srcdoc" in frame && "sandbox" in frame;
}
