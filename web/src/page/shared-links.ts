/** Links that bring code along, in the fragment of this page's address. */

/** So begins the fragment of such a link. */
export const SHARED = "#shared.";

/** Call back whenever the page is at such a link. */
export function watchSharedLinks(opened: () => void): void {
  const look = (): void => {
    if (location.hash.startsWith(SHARED)) opened();
  };
  addEventListener("hashchange", look);
  look();
}
