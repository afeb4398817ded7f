/** A box of text as browsers have it, as far as keys and their defaults go. */

type Listener = (event: FakeKey | FakePaste) => void;

class FakePaste {
  isPrevented = false;
  readonly clipboardData: { getData(): string };

  constructor(text: string) {
    this.clipboardData = { getData: () => text };
  }

  preventDefault(): void {
    this.isPrevented = true;
  }
}

export class FakeKey {
  isPrevented = false;

  constructor(
    readonly key: string,
    readonly shiftKey = false,
    readonly ctrlKey = false,
    readonly isComposing = false,
    readonly keyCode = 0,
  ) {}

  readonly metaKey = false;
  readonly altKey = false;

  preventDefault(): void {
    this.isPrevented = true;
  }
}

const NOT = { isComposing: false, keyCode: 0 };

export class FakeTextArea {
  value = "";
  selectionStart = 0;
  selectionEnd = 0;
  rows = 1;
  readonly #listeners = new Map<string, Listener>();

  addEventListener(kind: string, listener: Listener): void {
    this.#listeners.set(kind, listener);
  }

  setSelectionRange(from: number, to: number): void {
    this.selectionStart = from;
    this.selectionEnd = to;
  }

  /**
   * Press a key; true if the box leaves it to the browser.
   *
   * @param composing - What tells that it belongs to an input method, if it does.
   */
  press(name: string, composing: Pick<FakeKey, "isComposing" | "keyCode"> = NOT): boolean {
    const [key = name, modifier] = name.length > 1 ? name.split("+").reverse() : [];
    const { isComposing, keyCode } = composing;
    const held = [modifier === "Shift", modifier === "Control"] as const;
    const event = new FakeKey(key, ...held, isComposing, keyCode);
    this.#listeners.get("keydown")?.(event);
    if (event.isPrevented) return false;
    if (key === "Enter") this.#insert("\n");
    if (key.length === 1 && modifier === undefined) this.#insert(key);
    return true;
  }

  /** Type a text key by key. */
  type(text: string): void {
    for (const key of text) this.press(key === "\n" ? "Enter" : key);
  }

  /** Put in a text in one piece. */
  paste(text: string): void {
    const event = new FakePaste(text);
    this.#listeners.get("paste")?.(event);
    if (!event.isPrevented) this.#insert(text);
  }

  setRangeText(text: string, from: number, to: number): void {
    this.value = this.value.slice(0, from) + text + this.value.slice(to);
    this.setSelectionRange(from + text.length, from + text.length);
  }

  #insert(text: string): void {
    const { value, selectionStart: at } = this;
    this.value = value.slice(0, at) + text + value.slice(this.selectionEnd);
    this.setSelectionRange(at + text.length, at + text.length);
    this.#listeners.get("input")?.(new FakeKey(text));
  }
}
