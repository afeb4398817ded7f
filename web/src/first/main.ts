/** Entry of the script at the head of the page: what has to be known before anything is painted. */
import { applySettings, readSettings } from "../page/settings";
import { Store } from "../page/store";

document.documentElement.dataset.pane = "problem"; // scripts run: there are tabs
applySettings(document, readSettings(new Store()));
