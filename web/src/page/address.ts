/** The page's address, where a host shows the page without the final slash of its folder. */

import { AssetError } from "../shared/problem";
import { PROBLEMS } from "./words";

/** Lists the files of a bundle, and lies beside its page: `builder/places.py` says the same. */
const MARKER = "exercise-bundle.json";

type Place = Pick<Location, "origin" | "pathname" | "search" | "hash">;

/**
 * Let the address be one beside which the bundle's files are found: under `/course/loss` all that is
 * relative points into `/course/`. Of an address that ends as a folder or file does nothing is asked.
 *
 * @param file - One of the bundle's files, seen from its folder.
 * @throws AssetError where the address cannot be set right from here.
 */
export async function settleAddress(
  { origin, pathname, search, hash }: Place,
  file: string,
): Promise<void> {
  if (!origin.startsWith("http") || /(\/|\.x?html?)$/i.test(pathname)) return;
  if (await holds(".", file)) return;
  const folder = origin + pathname;
  if (!(await holds(folder, file))) return; // what is missing will be told by its name
  for (const page of [`${folder}/`, `${folder}/index.html`]) {
    if (await answers(page)) return change(page + search + hash);
  }
  throw new AssetError(PROBLEMS.noFinalSlash(`${folder}/`));
}

function change(address: string): void {
  try {
    history.replaceState(history.state, "", address);
  } catch {
    throw new AssetError(PROBLEMS.noFinalSlash(address)); // a frame of no origin may not
  }
}

/** Whether a folder holds this bundle: a host may answer with a page whatever it is asked for. */
async function holds(folder: string, file: string): Promise<boolean> {
  try {
    const response = await fetch(`${folder}/${MARKER}`, { cache: "no-cache" });
    const { assets } = (await response.json()) as { readonly assets: readonly string[] };
    return response.ok && assets.includes(file);
  } catch {
    return false;
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
