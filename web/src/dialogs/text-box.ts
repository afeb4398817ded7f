/** A text that is there to be copied, as it is. */
import { element } from "../page/element";

export function textBox(id: string, name: string, text: string, rows: number) {
  const box = element("label", "text-box");
  const area = element("textarea", "");
  area.id = id;
  area.readOnly = true;
  area.rows = rows;
  area.spellcheck = false;
  area.value = text;
  box.append(element("span", "", name), area);
  const select = (): void => {
    area.focus();
    area.select();
    area.scrollTop = 0;
  };
  return { box, select };
}
