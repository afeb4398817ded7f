/**
 * Entry of the editor's own script. It is nine tenths of the page's code, so Python is on its way
 * and the statement is painted before it arrives.
 */

import type { CreateEditor } from "../page/editor-slot";
import { handOver } from "../page/late-script";
import { createEditor } from "./editor";

handOver("editor", createEditor satisfies CreateEditor);
