/** "Settings": each holds at once. */
import { element } from "../page/element";
import { hasMemory } from "../page/memory";
import { AXES, isRoomShared, keepShare, shareNow } from "../page/room";
import { type Preferences, SIZES, THEMES, WRAPS } from "../page/settings";
import type { Store } from "../page/store";
import { checkbox, choice, shares } from "./controls";
import { followOtherTabs, showDialog } from "./dialog";
import { SETTINGS } from "./words";

const SHARES: readonly number[] = [20, 30, 40, 50, 60, 70];

/** @param store - Where the places of the separators are kept. */
export function showSettings(preferences: Preferences, store: Store): void {
  const parts = element("div", "settings");
  const fill = (): void => {
    const before = controlsOf(parts).indexOf(document.activeElement as HTMLElement);
    parts.replaceChildren(...boxesOf(preferences, store));
    controlsOf(parts)[before]?.focus();
  };
  fill();
  followOtherTabs(
    showDialog("settings-dialog", SETTINGS.title, [parts], []).dialog,
    "settings",
    fill,
  );
}

function controlsOf(parts: HTMLElement): HTMLElement[] {
  return [...parts.querySelectorAll<HTMLElement>("input, select")];
}

function boxesOf(preferences: Preferences, store: Store): readonly HTMLElement[] {
  const { theme, size, wrap, keyHints, singleKeys, marks } = preferences.now;
  const unkept = element("p", "", SETTINGS.unkept);
  unkept.setAttribute("role", "status");
  const tell = (): void => {
    unkept.hidden = preferences.isKept;
  };
  const change = (part: Parameters<Preferences["change"]>[0]): void => {
    preferences.change(part);
    tell();
  };
  const themes = choice("theme", SETTINGS.theme, THEMES, theme, SETTINGS.themes, (to) =>
    change({ theme: to }),
  );
  const wraps = choice("wrap", SETTINGS.wrap, WRAPS, wrap, SETTINGS.wraps, (to) =>
    change({ wrap: to }),
  );
  const sizes = shares("size", SETTINGS.size, SIZES, size, "", (to) => change({ size: to }));
  const hints = checkbox(SETTINGS.keyHints, keyHints, (to) => change({ keyHints: to }));
  const single = checkbox(SETTINGS.singleKeys, singleKeys, (to) => change({ singleKeys: to }));
  const marking = checkbox(SETTINGS.marks, marks, (to) => change({ marks: to }));
  const boxes = [themes, sizes, wraps, hints, single, marking];
  if (!hasMemory()) boxes.push(element("p", "", SETTINGS.noMarks));
  boxes.push(...roomBoxes(store));
  tell();
  return [...boxes, unkept];
}

/** The parts of a wide window, for whom it is no use to drag what stands between them. */
function roomBoxes(store: Store): HTMLElement[] {
  if (!isRoomShared(document)) return [];
  return AXES.map((axis) => {
    const now = shareNow(document, axis);
    const all = now === null || SHARES.includes(now) ? SHARES : [...SHARES, now];
    const ordered = [...all].sort((one, other) => one - other);
    return shares(axis, SETTINGS[axis], [null, ...ordered], now, SETTINGS.own, (to) =>
      keepShare(document, store, axis, to),
    );
  });
}
