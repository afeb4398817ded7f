/** Entry of the script of "Try it": fetched when that is first opened. */
import { addStyle, handOver } from "../page/late-script";
import type { CreateConsole } from "../page/try-it";
import { Region } from "./console";
import style from "./style.css";

const create: CreateConsole = (options) => {
  addStyle(document, style, options.nonce);
  return new Region(options);
};

handOver("console", create);
