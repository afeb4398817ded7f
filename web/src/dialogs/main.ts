/** Entry of the script of what the menu's buttons do. */
import diffStyle from "../diff/style.css";
import type { CreateActs } from "../page/dialogs";
import { addStyle, handOver } from "../page/late-script";
import { showHistory } from "./history";
import { showSettings } from "./settings";
import style from "./style.css";

const create: CreateActs = (options) => {
  addStyle(document, diffStyle + style, options.nonce);
  return {
    history: () => showHistory(options),
    settings: () => showSettings(options.preferences),
  };
};

handOver("dialogs", create);
