/** Links that bring code along, in the fragment of this page's address. */

/** So begins the fragment of such a link. */
export const SHARED = "#shared.";

/** Call back whenever the page is at such a link. */
export function watchSharedLinks(opened: () => void): void {
  const look = (): void => {
    if (isShared(location.hash)) opened();
  };
  addEventListener("hashchange", look);
  look();
}

/** Whether a fragment is of such a link, or what is left of one. */
export function isShared(fragment: string): boolean {
  return `${asWritten(fragment)}.`.startsWith(SHARED);
}

/**
 * Return a fragment as it was made: chats write some of its signs as `%2E`, twice over if need be, and
 * mail breaks it over lines, with their signs for that.
 */
export function asWritten(fragment: string): string {
  return decoded(decoded(fragment)).replace(/[^#\w.-]/g, "");
}

function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
