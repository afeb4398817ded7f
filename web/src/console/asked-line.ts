/** What becomes of the Input box when a program asks for a line more than it was given. */
interface Asked {
  /** What is to stand in the box. */
  readonly text: string;
  /** What to run it with at once: the line was entered while it ran, and others perhaps. */
  readonly answer: string | null;
}

/**
 * @param given - What the program was given.
 * @param text - What stands in the box by now: whoever types need not wait for the program.
 * @param taken - So many lines the program took.
 */
export function asked(given: string, text: string, taken: number): Asked {
  if (text === given) return { text: ended(text), answer: null };
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return { text, answer: whole.split("\n").length - 1 > taken ? whole : null };
}

/** The answer goes to a line of its own. */
function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
