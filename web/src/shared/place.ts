/** Under which name a browser keeps what belongs to one exercise at one place of an origin. */

/** What a host may or may not show of the page's own file. */
const PAGE = /^(index|[^/]*\.x?html?)$/i;

/** Return the folder that a page is in, however its address is written. */
export function placeOf(pathname: string): string {
  const segments = pathname.split("/").filter((segment) => segment !== "");
  if (!pathname.endsWith("/") && PAGE.test(segments.at(-1) ?? "")) segments.pop();
  return ["", ...segments.map(spellOut), ""].join("/");
}

/** One spelling for whatever can be escaped, and none with a colon: that ends a place in a key. */
function spellOut(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment.replaceAll(":", "%3A"); // a lone percent sign
  }
}

/** Begins the names of all that is kept for an exercise at a place. */
export function keptAt(slug: string, place: string): string {
  return `exercise:${slug}:${place}:`;
}
