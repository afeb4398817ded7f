/** Entry of the script of "Your function": fetched when that is first opened. */
import { addStyle, handOver } from "../page/late-script";
import type { CreateExplorer } from "../page/your-function";
import { Drawing } from "./drawing";
import style from "./style.css";

const create: CreateExplorer = (options) => {
  addStyle(document, style, options.nonce);
  return new Drawing(options);
};

handOver("explore", create);
