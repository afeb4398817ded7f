/** Entry of the script of what the menu's buttons do. */
import diffStyle from "../diff/style.css";
import type { CreateActs } from "../page/dialogs";
import { addStyle, handOver } from "../page/late-script";
import { copy, download, openFile, take } from "./files";
import { showHistory } from "./history";
import { showKeys } from "./keys";
import { showSettings } from "./settings";
import { share } from "./share";
import { showShared } from "./shared-code";
import style from "./style.css";
import { untab } from "./untab-code";

const create: CreateActs = (options) => {
  addStyle(document, diffStyle + style, options.nonce);
  return {
    history: () => showHistory(options),
    download: () => download(options),
    "open-file": (file) => (file ? void take(options, file) : openFile(options)),
    copy: () => void copy(options),
    share: () => void share(options),
    shared: () => void showShared(options),
    untab: () => untab(options),
    settings: () => showSettings(options.preferences, options.kept.store),
    keys: showKeys,
  };
};

handOver("dialogs", create);
