/** "⋯": what else can be done with the code. A list of buttons that opens and closes. */
import { isOneOf, MENU } from "../shared/keys";
import { ledTo } from "./arrows";
import { part } from "./view";

/** From the window's edge (px). */
const EDGE = 6;

/** Where it would reach beyond the window it scrolls. */
function fit(menu: HTMLElement): void {
  menu.style.removeProperty("max-height");
  const { top, bottom } = menu.getBoundingClientRect();
  if (bottom > innerHeight) menu.style.maxHeight = `${innerHeight - top - EDGE}px`;
}

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
    if (!isOpen) return;
    // Some browsers give no button the focus by a click: its keys would be nobody's.
    more.focus();
    onOpen();
    fit(menu);
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
      if (isOneOf(MENU.close, event) && !menu.hidden) close();
      if (menu.hidden && isOneOf([...MENU.previous, ...MENU.next], event)) show(true);
      const seen = items.filter((item) => item.offsetParent !== null);
      const to = ledTo(seen, seen.indexOf(event.target as HTMLButtonElement), event, MENU);
      if (to === undefined) return;
      event.preventDefault();
      to.focus();
    });
  }
}
