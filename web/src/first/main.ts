/** Entry of the script at the head of the page: what has to be known before anything is painted. */
import { applyRoom, readRoom } from "../page/room";
import { applySettings, readSettings } from "../page/settings";
import { Store } from "../page/store";

document.documentElement.dataset.pane = "problem"; // scripts run: there are tabs
const store = new Store();
applySettings(document, readSettings(store));
applyRoom(document, readRoom(store));
