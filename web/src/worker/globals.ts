/**
 * What a submission finds of the platform: what Python needs and nothing else, by a list of what
 * stays, so that what browsers come to offer is gone as well. Not the boundary, which is the frame:
 * it spares the page floods and stalls.
 */

/** The language, as the runtime and the code that it makes may use it. */
const LANGUAGE = [
  ...["Object", "Function", "Boolean", "Symbol", "String", "Number", "BigInt", "Math", "Date"],
  ...["Array", "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "RegExp"],
  ...["ArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array"],
  ...["Uint16Array", "Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array"],
  ...["Float16Array", "Float32Array", "Float64Array", "JSON", "Promise", "Proxy", "Reflect"],
  ...["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SuppressedError"],
  ...["SyntaxError", "TypeError", "URIError", "Intl", "Iterator", "WebAssembly", "globalThis"],
  ...["Infinity", "NaN", "undefined", "isFinite", "isNaN", "parseFloat", "parseInt", "eval"],
  ...["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape"],
] as const;

/** The platform: text, timers, the event loop, and messages for whoever has the tools open. */
const PLATFORM = [
  ...["self", "constructor", "console", "TextDecoder", "TextEncoder"],
  ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "scheduler"],
] as const;

/** Of these only as much as Python asks for. */
const NARROWED: Readonly<Record<string, readonly string[]>> = {
  crypto: ["getRandomValues"],
  performance: ["now"],
};

type Names = Record<string, unknown>;

/** Leave a submission what Python needs. */
export function removeGlobals(): void {
  const own = self as unknown as Names;
  const narrow = Object.entries(NARROWED).map(
    ([name, methods]) => [name, narrowed(own[name] as Names, methods)] as const,
  );
  const kept = new Set<string>([...LANGUAGE, ...PLATFORM]);
  for (const object of scopes()) {
    for (const name of Object.getOwnPropertyNames(object)) {
      if (!kept.has(name)) remove(object, name);
    }
  }
  for (const [name, value] of narrow) Object.defineProperty(self, name, { value });
}

/** The global object and those that it inherits from, down to what ports and events share with it. */
function scopes(): object[] {
  const shared: ReadonlySet<object> = new Set([EventTarget.prototype, Object.prototype]);
  const found: object[] = [];
  for (let object: object | null = self; object && !shared.has(object); ) {
    found.push(object);
    object = Reflect.getPrototypeOf(object);
  }
  return found;
}

function narrowed(object: Names, methods: readonly string[]): object {
  const pairs = methods.map((name) => [name, (object[name] as () => unknown).bind(object)]);
  return Object.freeze(Object.fromEntries(pairs) as Names);
}

/** What a script has declared cannot be taken away, only emptied. */
function remove(object: object, name: string): void {
  if (!Reflect.deleteProperty(object, name)) Reflect.set(object, name, undefined);
}
