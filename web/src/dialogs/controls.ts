/** What one sets in "Settings" with: sets of radio buttons, lists to choose from, boxes to tick. */
import { element } from "../page/element";

/** A set of radio buttons. */
export function choice<T extends string>(
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

/** A list of shares (per cent), after what stands for none of them. */
export function shares<T extends number | null>(
  name: string,
  title: string,
  values: readonly T[],
  chosen: T,
  none: string,
  choose: (value: T) => void,
): HTMLElement {
  const box = element("label", "setting setting-size");
  const select = element("select", "");
  select.id = `setting-${name}`;
  for (const value of values) {
    const option = element("option", "", value === null ? none : `${value} %`);
    option.selected = value === chosen;
    select.append(option);
  }
  select.addEventListener("change", () => choose(values[select.selectedIndex] as T));
  box.append(element("span", "", title), select);
  return box;
}

export function checkbox(
  text: string,
  isOn: boolean,
  choose: (isOn: boolean) => void,
): HTMLElement {
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
