/** "Keys": all that the page has, by where they hold. */
import { element } from "../page/element";
import { type Chord, KEYS } from "../shared/keys";
import { showDialog } from "./dialog";
import { distinct, isMac, keyName, namesOf } from "./key-names";
import { KEY_WORDS } from "./key-words";
import { SHORTCUTS } from "./words";

export function showKeys(): void {
  const mac = isMac(navigator);
  const box = element("div", "key-places");
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", "keys-dialog-title");
  for (const place of Object.keys(KEYS) as (keyof typeof KEYS)[]) {
    const { title, does } = KEY_WORDS[place];
    const rows = Object.entries(KEYS[place] as Record<string, readonly Chord[]>);
    const list = element("dl", "key-list");
    for (const [name, chords] of rows) {
      const said = (does as Readonly<Record<string, string>>)[name];
      list.append(keysOf(distinct(chords, mac), mac), element("dd", "", said));
    }
    const section = element("section", "");
    section.append(element("h3", "", title), list);
    if (place === "editor") section.append(element("p", "", SHORTCUTS.asElsewhere));
    box.append(section);
  }
  showDialog("keys-dialog", SHORTCUTS.title, [box], []);
}

function keysOf(chords: readonly Chord[], mac: boolean): HTMLElement {
  const made = element("dt", "");
  chords.forEach((chord, index) => {
    if (index > 0) made.append(SHORTCUTS.or);
    made.append(pressed(chord, mac));
  });
  return made;
}

/** What is pressed at once stays in one line. */
function pressed(chord: Chord, mac: boolean): HTMLElement {
  const made = element("span", "key-chord");
  const written = (mac && chord.mac) || chord.key;
  written.split(" ").forEach((key, stroke) => {
    if (stroke > 0) made.append(SHORTCUTS.next);
    namesOf({ key }, mac).forEach((name, index) => {
      if (index > 0) made.append("+");
      made.append(element("kbd", "", name));
    });
  });
  if (chord.followedBy) made.append(SHORTCUTS.next, element("kbd", "", keyName(chord.followedBy)));
  return made;
}
