import { Buffer } from "node:buffer"; // the global one goes before a submission runs
import type { Readable } from "node:stream";

interface LineListener {
  line(text: string): void;
  tooLong(): void;
}

/** Cut a stream into lines of so many bytes at the most. */
export function readLines(stream: Readable, maxBytes: number, listener: LineListener): void {
  let parts: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      listener.line(Buffer.concat([...parts, rest.subarray(0, end)]).toString("utf8"));
      parts = [];
      size = 0;
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
    size += rest.length;
    if (size > maxBytes) {
      stream.destroy();
      listener.tooLong();
    }
  });
}
