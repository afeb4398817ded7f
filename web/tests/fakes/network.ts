import { gzipSync } from "node:zlib";
import type { AssetName } from "../../src/shared/assets";
import { ASSETS, addressOf, contentOf } from "./build";

interface Options {
  readonly cache?: RequestCache;
  readonly integrity?: string;
}

/** Answers a request; what it throws is a network's failure. */
export type Server = (address: string, options: Options) => Response | Promise<Response>;

/** A network that notes what it is asked for. */
export class FakeNetwork {
  readonly asked: string[] = [];
  readonly options: Options[] = [];

  constructor(public server: Server) {}

  readonly fetch = async (address: string, options: Options = {}): Promise<Response> => {
    this.asked.push(address);
    this.options.push(options);
    return this.server(address, options);
  };
}

/** What is at an address: a file of the build, or its compressed copy. */
export function fileAt(address: string): Buffer | null {
  const plain = address.replace(/\.gz$/, "");
  const name = (Object.keys(ASSETS) as AssetName[]).find((each) => addressOf(each) === plain);
  if (name === undefined) return null;
  const content = contentOf(name);
  return plain === address ? content : gzipSync(content);
}

export function missing(): Response {
  return new Response("<!doctype html>", { status: 404 });
}

/** Bytes as a host sends them that compresses on the way: the browser has undone it already. */
export function encoded(content: BodyInit | null): Response {
  return new Response(content, { headers: { "Content-Encoding": "gzip" } });
}

/** A host that sends each file as it lies there. */
export const plainHost: Server = (address) => {
  const content = fileAt(address);
  return content === null ? missing() : new Response(new Uint8Array(content));
};
