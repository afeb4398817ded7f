/**
 * The engine outside of a browser: it proves and grades for the build. Requests are lines of JSON on
 * standard input, each answered by one line on the output; it ends when its input does.
 */
import { createInterface } from "node:readline";
import { end, type Request, respond } from "./session";

createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  .on("line", async (line) => {
    const response = await respond(JSON.parse(line) as Request);
    process.stdout.write(`${JSON.stringify(response)}\n`);
  })
  .on("close", () => {
    end();
    process.exit();
  });
