/**
 * What was thrown, in words. It need not be an Error: Emscripten's `ExitStatus` and `ErrnoError` are
 * none, and would be told as “[object Object]”.
 */
export function told(thrown: unknown): string {
  const text = String(thrown);
  if (!text.startsWith("[object ")) return text;
  const { name, message, errno } = thrown as Readonly<Record<string, unknown>>;
  if (typeof message === "string" && message !== "") return message;
  const what = typeof name === "string" && name !== "" ? name : "an error without a message";
  return typeof errno === "number" ? `${what} ${errno}` : what;
}

/** What was thrown, in its own words: an Error's name is no part of them. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : told(thrown);
}
