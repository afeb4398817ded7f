/** Entry of the script of the steps: fetched when a call is first watched. */
import { addStyle, handOver } from "../page/late-script";
import type { CreateSteps } from "../page/step-through";
import { Player } from "./player";
import style from "./style.css";

const create: CreateSteps = (options) => {
  addStyle(document, style, options.nonce);
  const player = new Player(options);
  return {
    watch: (watched, python) => void player.watch(watched, python),
    edited: () => player.edited(),
  };
};

handOver("steps", create);
