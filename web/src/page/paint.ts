/** How long a page that is shown may take to be painted; one in a hidden tab never is. */
const AT_MOST_MS = 250;

/** Settles when the page has been laid out for the first time. */
export const firstLayout = (): Promise<void> => afterFrames(1);

/** Settles when the page has been painted for the first time: the statement comes before all else. */
export const firstPaint = (): Promise<void> => afterFrames(2);

function afterFrames(count: number): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) return resolve();
    const wait = (left: number): void => {
      if (left === 0) setTimeout(resolve);
      else requestAnimationFrame(() => wait(left - 1));
    };
    wait(count);
    setTimeout(resolve, AT_MOST_MS);
  });
}
