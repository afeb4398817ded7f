import { readFileSync } from "node:fs";
import { Script } from "node:vm";

/**
 * Run a classic script in the global scope, as a browser's worker would.
 *
 * @param path - The script's.
 * @param compiled - The path of what V8 has compiled of it before; another V8 compiles it anew.
 */
export function runScript(path: string, compiled?: string): Script {
  const cachedData = compiled === undefined ? undefined : readFileSync(compiled);
  const script = new Script(readFileSync(path, "utf8"), { cachedData });
  script.runInThisContext();
  return script;
}
