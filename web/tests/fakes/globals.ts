import type { TestContext } from "node:test";

/** What stood in the place of the globals that are replaced now. */
const originals = new Map<string, PropertyDescriptor | undefined>();

/** Put values in the place of globals, for as long as a test takes. */
export function replaceGlobals(t: TestContext, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!originals.has(name)) {
      originals.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      t.after(() => restore(name));
    }
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

function restore(name: string): void {
  const original = originals.get(name);
  originals.delete(name);
  if (original) Object.defineProperty(globalThis, name, original);
  else Reflect.deleteProperty(globalThis, name);
}
