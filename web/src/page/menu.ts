/** "⋯": what else can be done with the code. A list of buttons that opens and closes. */
import { part } from "./view";

/**
 * Let the menu open and close.
 *
 * @param act - Told the `data-act` of the button that was pressed, once the menu is closed.
 */
export function createMenu(page: Document, onOpen: () => void, act: (name: string) => void): void {
  const more = part(page, "more", HTMLButtonElement);
  const menu = part(page, "menu", HTMLElement);
  const items = [...menu.querySelectorAll<HTMLButtonElement>("button:not([hidden])")];
  const show = (isOpen: boolean): void => {
    menu.hidden = !isOpen;
    more.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) onOpen();
  };
  const isOutside = (where: EventTarget | null): boolean =>
    where instanceof Node && !menu.contains(where) && !more.contains(where);
  const leave = (where: EventTarget | null): void => {
    if (isOutside(where)) show(false);
  };
  const close = (): void => {
    more.focus();
    show(false);
  };
  more.disabled = false;
  more.addEventListener("click", () => show(menu.hidden !== false));
  menu.addEventListener("click", ({ target }) => {
    const name = items.find((item) => item.contains(target as Node))?.dataset.act;
    if (name === undefined) return;
    close();
    act(name);
  });
  // Not where the focus goes nowhere: some browsers give it to no button by a click.
  menu.addEventListener("focusout", ({ relatedTarget }) => leave(relatedTarget));
  page.addEventListener("pointerdown", ({ target }) => leave(target));
  for (const box of [more, menu]) {
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !menu.hidden) close();
      if (menu.hidden && isArrow(event.key)) show(true);
      const seen = items.filter((item) => item.offsetParent !== null);
      const to = nextOf(seen, seen.indexOf(event.target as HTMLButtonElement), event.key);
      if (to === undefined) return;
      event.preventDefault();
      to.focus();
    });
  }
}

function isArrow(key: string): boolean {
  return key === "ArrowDown" || key === "ArrowUp";
}

/** Where a key leads; from the menu's own button arrows lead to its first and last. */
function nextOf<T>(items: readonly T[], at: number, key: string): T | undefined {
  const places: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: at < 0 ? -1 : at - 1,
    Home: at < 0 ? Number.NaN : 0,
    End: at < 0 ? Number.NaN : -1,
  };
  const place = places[key] ?? Number.NaN;
  return Number.isNaN(place) ? undefined : items.at(place);
}
