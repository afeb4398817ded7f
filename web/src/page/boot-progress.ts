/** How far Python has come, told piece by piece to whoever shows it. */
import { type BootProgress, LOADING } from "./session";

/** How often the bytes that have arrived are shown: each time the page is laid out anew. */
const SHOW_EVERY_MS = 100;

interface BootWatch {
  /** So many bytes have arrived. */
  arrived(loadedBytes: number, totalBytes: number): void;
  /** All files are here: Python starts. */
  starting(): void;
  /** One more interpreter answered. */
  answered(): void;
}

export function watchBoot(show: (progress: BootProgress) => void): BootWatch {
  let progress: BootProgress = LOADING.progress;
  let shown = -Infinity;
  const advance = (change: Partial<BootProgress>): void => {
    progress = { ...progress, ...change };
    show(progress);
  };
  return {
    arrived(loadedBytes, totalBytes) {
      if (performance.now() < shown + SHOW_EVERY_MS && loadedBytes < totalBytes) return;
      shown = performance.now();
      advance({ loadedBytes, totalBytes });
    },
    starting: () => advance({ stage: "start" }),
    answered: () => advance({ realmsReady: progress.realmsReady + 1 }),
  };
}
