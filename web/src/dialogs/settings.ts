/** "Settings": each holds at once. */
import { element } from "../page/element";
import { hasMemory } from "../page/memory";
import { type Preferences, SIZES, THEMES, WRAPS } from "../page/settings";
import { showDialog } from "./dialog";
import { SETTINGS } from "./words";

export function showSettings(preferences: Preferences): void {
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
  const sizes = sizeBox(size, (to) => change({ size: to }));
  const hints = checkbox(SETTINGS.keyHints, keyHints, (to) => change({ keyHints: to }));
  const single = checkbox(SETTINGS.singleKeys, singleKeys, (to) => change({ singleKeys: to }));
  const marking = checkbox(SETTINGS.marks, marks, (to) => change({ marks: to }));
  const boxes = [themes, sizes, wraps, hints, single, marking];
  if (!hasMemory()) boxes.push(element("p", "", SETTINGS.noMarks));
  tell();
  showDialog("settings-dialog", SETTINGS.title, [...boxes, unkept], []);
}

/** A set of radio buttons. */
function choice<T extends string>(
  name: string,
  title: string,
  values: readonly T[],
  chosen: T,
  labels: Readonly<Record<T, string>>,
  choose: (value: T) => void,
): HTMLElement {
  const set = element("fieldset", "setting");
  set.append(element("legend", "", title));
  for (const value of values) {
    const radio = element("input", "");
    radio.type = "radio";
    radio.name = `setting-${name}`;
    radio.value = value;
    radio.checked = value === chosen;
    radio.autofocus = radio.checked && name === "theme";
    radio.addEventListener("change", () => choose(value));
    set.append(labelled(radio, labels[value]));
  }
  return set;
}

function sizeBox(chosen: number, choose: (size: number) => void): HTMLElement {
  const box = element("label", "setting setting-size");
  const select = element("select", "");
  select.id = "setting-size";
  for (const size of SIZES) {
    const option = element("option", "", `${size} %`);
    option.value = String(size);
    option.selected = size === chosen;
    select.append(option);
  }
  select.addEventListener("change", () => choose(Number(select.value)));
  box.append(element("span", "", SETTINGS.size), select);
  return box;
}

function checkbox(text: string, isOn: boolean, choose: (isOn: boolean) => void): HTMLElement {
  const box = element("input", "");
  box.type = "checkbox";
  box.checked = isOn;
  box.addEventListener("change", () => choose(box.checked));
  const label = labelled(box, text);
  label.classList.add("setting");
  return label;
}

function labelled(input: HTMLInputElement, text: string): HTMLElement {
  const label = element("label", "");
  label.append(input, element("span", "", text));
  return label;
}
