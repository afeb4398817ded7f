/** Keeps what is typed into code that is only shown so far: the editor types it once it is there. */

type Key = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "getModifierState"
>;

/** What a key types: a character or an end of line, and nothing where it is a command. */
export function typedBy(event: Key): string {
  const { key } = event;
  if (event.isComposing) return "";
  const isModified = event.ctrlKey || event.metaKey || (event.altKey && /^[a-z\d]$/i.test(key));
  if (isModified && !event.getModifierState("AltGraph")) return "";
  if (key === "Enter") return "\n";
  return [...key].length === 1 ? key : "";
}

/** What is typed within an element from now on, until it is taken. */
export class TypeAhead {
  #typed: string[] = [];

  constructor(private readonly parent: HTMLElement) {
    parent.addEventListener("keydown", this.#onKey);
  }

  /** End the keeping, and return what was typed, key by key. */
  take(): readonly string[] {
    this.parent.removeEventListener("keydown", this.#onKey);
    return this.#typed.splice(0);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const typed = typedBy(event);
    if (typed !== "") this.#typed.push(typed);
    else if (event.key !== "Backspace" || this.#typed.pop() === undefined) return;
    event.preventDefault(); // a space would scroll
    event.stopPropagation(); // a question mark would list the keys
  };
}
