/** How long a page that is shown may take to be painted; one in a hidden tab never is. */
const AT_MOST_MS = 250;

/** Settles when the page has been painted for the first time: the statement comes before all else. */
export function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) return resolve();
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
    setTimeout(resolve, AT_MOST_MS);
  });
}
