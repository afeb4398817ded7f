/** "Download", "Open file" and "Copy": the code as a file, and as text where that is forbidden. */
import { copied } from "../page/clipboard";
import type { DialogsOptions } from "../page/dialogs";
import { element } from "../page/element";
import { COPY } from "../page/words";
import { decode, refuseUnread, shownName } from "./decoding";
import { showDialog } from "./dialog";
import { say } from "./said";
import { textBox } from "./text-box";
import { CODE, FILE } from "./words";

/** A browser may take its time to fetch what it saves. */
const SAVED_AFTER_MS = 60_000;

export function download({ slug, editor }: DialogsOptions): void {
  const name = `${slug}.py`;
  const text = editor.text();
  const address = URL.createObjectURL(new Blob([text], { type: "text/x-python;charset=utf-8" }));
  const link = element("a", "");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_AFTER_MS);
  // Where it may be forbidden nothing tells whether it was.
  if (mayDownload(window)) say(FILE.saved(name));
  else showCode(text, CODE.noFile);
}

/** Whether nothing around the page can keep it from saving files, as far as that can be seen. */
function mayDownload(from: Window): boolean {
  if (from.parent === from) return true;
  try {
    const frame = from.frameElement;
    if (frame === null) return false; // of another origin
    const allowed = frame.getAttribute("sandbox")?.split(/\s+/) ?? ["allow-downloads"];
    return allowed.includes("allow-downloads") && mayDownload(from.parent);
  } catch {
    return false;
  }
}

export async function copy({ editor }: DialogsOptions): Promise<void> {
  const text = editor.text();
  if (await copied(text)) say(COPY.copied);
  else showCode(text, CODE.copyIt);
}

/** The code as text that is selected: to be copied where the page may not do it. */
function showCode(text: string, why: string): void {
  const { box, select } = textBox("code-text", CODE.text, text, 12);
  showDialog("code-dialog", CODE.title, [element("p", "", why), box], []);
  select();
}

export function openFile(options: DialogsOptions): void {
  const input = element("input", "");
  input.type = "file";
  input.accept = ".py,.txt,text/x-python,text/plain";
  input.hidden = true;
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.remove();
    if (file) void take(options, file);
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

/** Puts a file's text into the editor, or says why not. */
export async function take({ work, notices }: DialogsOptions, file: File): Promise<void> {
  const read = await readFile(file);
  const said = "refused" in read ? read.refused : read.remark;
  if (said !== null) notices.show("menu", { text: said, actions: [], onDismiss: () => {} });
  if ("text" in read) work.bring(read.text);
}

async function readFile(file: File): Promise<ReturnType<typeof decode>> {
  const name = shownName(file.name);
  const refused = refuseUnread(name, file.size);
  if (refused !== null) return { refused };
  try {
    return decode(name, new Uint8Array(await file.arrayBuffer()));
  } catch (problem) {
    return { refused: FILE.unread(name, String(problem)) };
  }
}
