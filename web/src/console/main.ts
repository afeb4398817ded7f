/** Entry of the script for trying code: fetched when "Try it" is first opened. */
import { handOver } from "../page/late-script";

handOver("console", () => {});
