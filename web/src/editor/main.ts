/**
 * Entry of the editor's own script. It is nine tenths of the page's code, so Python is on its way
 * and the statement is painted before it arrives.
 */

import { EDITOR_EVENT, type EditorEvent } from "../page/editor-slot";
import { createEditor } from "./editor";

const event: EditorEvent = new CustomEvent(EDITOR_EVENT, { detail: createEditor });
document.dispatchEvent(event);
