import "./fakes/build";
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { AssetStore, assetUrl, snapshotKey } from "../src/page/assets";
import { type AssetName, OFFLINE_COPY_HEADER } from "../src/shared/assets";
import { AssetError } from "../src/shared/problem";
import { ASSETS, addressOf, contentOf, OFFLINE_CACHE } from "./fakes/build";
import { openFiles as open, type FilesPage as Page } from "./fakes/files-page";
import { replaceGlobals } from "./fakes/globals";
import { encoded, fileAt, missing, plainHost, type Server } from "./fakes/network";

const NAME = "judge.pack";
const URL = addressOf(NAME);

async function get(store: AssetStore, name: AssetName = NAME): Promise<Buffer> {
  const { [name]: bytes } = await store.get([name]);
  return Buffer.from(bytes);
}

function bytesAt(address: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(fileAt(address) ?? assert.fail(`there is nothing at ${address}`));
}

interface Hosting {
  readonly name: string;
  readonly server: Server;
  readonly file?: AssetName;
  readonly asked: readonly string[];
}

const GZ = `${URL}.gz`;
const HOSTS: readonly Hosting[] = [
  {
    name: "A host that compresses nothing is asked for the compressed file",
    server: plainHost,
    asked: [URL, GZ],
  },
  {
    name: "A host that compresses is asked once",
    server: (address) => encoded(bytesAt(address)),
    asked: [URL],
  },
  {
    name: "A host without the compressed file is asked for the plain one after all",
    server: (address) => (address === GZ ? missing() : new Response(bytesAt(address))),
    asked: [URL, GZ, URL],
  },
  {
    name: "A host that declares the encoding of the compressed file sends the plain one",
    server: (address) => (address === GZ ? encoded(bytesAt(URL)) : plainHost(address, {})),
    asked: [URL, GZ],
  },
  {
    name: "A file that gains nothing by compression is asked for once",
    server: plainHost,
    file: "judge.json",
    asked: [addressOf("judge.json")],
  },
  {
    name: "A file from the service worker is whole already",
    server: (address) =>
      new Response(bytesAt(address), { headers: { [OFFLINE_COPY_HEADER]: "whole" } }),
    asked: [URL],
  },
];

for (const { name, server, file = NAME, asked } of HOSTS) {
  test(name, async (t) => {
    const { network, store } = open(t, server);
    assert.ok((await get(store, file)).equals(contentOf(file)));
    assert.deepEqual(network.asked, asked);
  });
}

test("Nothing more of a plain file is sent once the compressed one is wanted", async (t) => {
  let cancelled = 0;
  const endless = () => new ReadableStream({ cancel: () => void cancelled++ });
  const server: Server = (address) =>
    address === URL ? new Response(endless()) : plainHost(address, {});
  assert.ok((await get(open(t, server).store)).equals(contentOf(NAME)));
  assert.equal(cancelled, 1);
});

test("A browser that cannot decompress takes the plain file", async (t) => {
  const { network, store } = open(t, plainHost);
  replaceGlobals(t, { self: { origin: "https://school.example" } });
  await get(store);
  assert.deepEqual(network.asked, [URL]);
});

const PAGE = new TextEncoder().encode("<!doctype html><title>Not found</title>");
const OF_ANOTHER: readonly (readonly [what: string, () => Response])[] = [
  ["a page in place of the compressed file", () => new Response(PAGE)],
  ["a compressed file of another", () => new Response(new Uint8Array(gzipSync("another")))],
  ["a compressed file that is cut short", () => new Response(bytesAt(GZ).slice(0, 20))],
  ["a page that it declares to be compressed", () => encoded(PAGE)],
];

for (const [what, answer] of OF_ANOTHER) {
  test(`A host that sends ${what} is asked for the plain one`, async (t) => {
    const server: Server = (address) => (address === GZ ? answer() : plainHost(address, {}));
    const { store, network } = open(t, server);
    assert.ok((await get(store)).equals(contentOf(NAME)));
    assert.deepEqual(network.asked, [URL, GZ, URL]);
  });
}

const RIGHT = bytesAt(URL);
const DAMAGED: readonly (readonly [what: string, Uint8Array<ArrayBuffer>])[] = [
  ["with another byte", RIGHT.map((byte, place) => (place === 9 ? 0 : byte))],
  ["that is too long", new Uint8Array([...RIGHT, 0])],
  ["that is too short", RIGHT.slice(1)],
  ["of nothing", new Uint8Array(0)],
];

for (const [what, content] of DAMAGED) {
  test(`A file ${what} is fetched again, past all caches`, async (t) => {
    const { network, store } = open(t, (_, { cache }) =>
      encoded(cache === "reload" ? RIGHT : content),
    );
    assert.ok((await get(store)).equals(contentOf(NAME)));
    assert.deepEqual(
      network.options.map(({ cache }) => cache),
      ["default", "reload"],
    );
  });

  test(`A file ${what} is refused the second time`, async (t) => {
    const { store, network } = open(t, () => encoded(content));
    await assert.rejects(get(store), (problem) => {
      assert.ok(problem instanceof AssetError);
      assert.match(problem.problem.what, /^A damaged file: judge.pack/);
      return true;
    });
    assert.equal(network.asked.length, 2);
  });
}

const breaking = (): Response =>
  encoded(
    new ReadableStream({
      start(controller) {
        controller.enqueue(RIGHT.slice(0, 1000));
        controller.error(new Error("the line is dead"));
      },
    }),
  );
const offline = (): never => {
  throw new TypeError("Failed to fetch");
};
const ABSENT: readonly (readonly [what: string, Server, RegExp])[] = [
  [
    "that is not there",
    missing,
    /judge.pack \(the server answered 404; if the page was renewed meanwhile, reload it\)/,
  ],
  ["that cannot be fetched", offline, /judge.pack \(it did not arrive/],
  ["that breaks off", breaking, /judge.pack \(it did not arrive/],
];

for (const [what, server, why] of ABSENT) {
  test(`A file ${what} is told by name, and whoever asks again tries again`, async (t) => {
    const { store, network } = open(t, server);
    await assert.rejects(get(store), { constructor: AssetError, message: why });
    network.server = plainHost;
    assert.ok((await get(store)).equals(contentOf(NAME)));
  });
}

test("A page of no origin is told that its frame keeps files from it", async (t) => {
  const { store } = open(t, offline);
  for (const [origin, remedy] of [
    ["null", /sandbox/],
    ["https://school.example", /Check your connection/],
  ] as const) {
    replaceGlobals(t, { self: { origin } });
    await assert.rejects(get(store), (problem) => {
      assert.ok(problem instanceof AssetError);
      assert.match(problem.problem.remedy, remedy);
      return true;
    });
  }
});

test("A file that is asked for twice is fetched once", async (t) => {
  const { store, network } = open(t, plainHost);
  const [one, other] = await Promise.all([store.get([NAME]), store.get([NAME, "judge.json"])]);
  assert.deepEqual(one[NAME], other[NAME]);
  assert.deepEqual(network.asked, [URL, addressOf("judge.json"), GZ]);
});

test("Progress goes up to all that is needed, and counts nothing else", async (t) => {
  const needed = [NAME, "judge.json"] as const;
  const { store, shares } = open(t, (address) => encoded(bytesAt(address)), needed);
  await store.get(["realm.js"]);
  assert.equal(shares.length, 0);
  await store.get(needed);
  const all = ASSETS[NAME].gzipBytes + ASSETS["judge.json"].gzipBytes;
  const loaded = shares.map(([bytes]) => bytes);
  assert.deepEqual(
    loaded,
    [...loaded].sort((one, other) => one - other),
  );
  assert.deepEqual(
    [shares.at(-1), new Set(shares.map(([, total]) => total))],
    [[all, all], new Set([all])],
  );
});

/** Keep a file as the page does for visits without a network. */
async function keep({ caches }: Page, content: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = new Response(content, { headers: { [OFFLINE_COPY_HEADER]: "whole" } });
  await (await caches.open(OFFLINE_CACHE)).put(URL, response);
}

test("A file that was kept on an earlier visit is not fetched, and is no progress", async (t) => {
  const page = open(t, offline);
  await keep(page, RIGHT);
  assert.ok((await get(page.store)).equals(contentOf(NAME)));
  assert.deepEqual([page.network.asked, page.shares.length], [[], 1]);
});

test("A damaged copy of an earlier visit is passed by", async (t) => {
  const page = open(t, plainHost);
  await keep(page, RIGHT.slice(1));
  assert.ok((await get(page.store)).equals(contentOf(NAME)));
  assert.deepEqual(page.network.options[0], { cache: "reload" });
});

const NO_COPIES: readonly (readonly [what: string, globals: object])[] = [
  ["no service worker has the page", { navigator: { serviceWorker: { controller: null } } }],
  ["there are no service workers", { navigator: {} }],
  ["caches are forbidden", { caches: { match: () => Promise.reject(new Error("forbidden")) } }],
];

for (const [what, globals] of NO_COPIES) {
  test(`Where ${what}, files come from the network`, async (t) => {
    const page = open(t, plainHost);
    await keep(page, RIGHT);
    replaceGlobals(t, { ...globals });
    await get(page.store);
    assert.deepEqual(page.network.asked, [URL, GZ]);
  });
}

test("Where nothing can be hashed the browser is told the hash", async (t) => {
  const { network, store, shares } = open(t, plainHost);
  replaceGlobals(t, { crypto: {} });
  assert.ok((await get(store)).equals(contentOf(NAME)));
  assert.deepEqual(network.options, [{ cache: "default", integrity: ASSETS[NAME].integrity }]);
  assert.equal(shares.at(-1)?.[0], ASSETS[NAME].gzipBytes);
});

test("Files are known by address, and snapshots by both their hashes", () => {
  assert.equal(assetUrl(NAME), "files/judge.pack");
  const packs = [ASSETS["candidate.pack"], ASSETS["judge.pack"]];
  assert.equal(snapshotKey(), packs.map((pack) => pack.integrity).join(""));
});

test("A thread that breaks down fails what waits for it; whoever asks again gets another", async (t) => {
  const { store, threads, network } = open(t, () => new Promise(() => {}));
  const waiting = [get(store), get(store, "realm.js")];
  threads[0]!.fail("out of order");
  for (const each of waiting) await assert.rejects(each, /^Error: out of order$/);
  network.server = plainHost;
  assert.ok((await get(store)).equals(contentOf(NAME)));
  assert.equal(threads.length, 2);
});

test("A thread that cannot start is told in words", async (t) => {
  const { store, threads } = open(t, () => new Promise(() => {}));
  const waiting = get(store);
  threads[0]!.fail("");
  await assert.rejects(waiting, /the thread that gets its files did not start/);
});

test("Why a thread must not start is told to whoever wants a file", async () => {
  const start = (): never => {
    throw new TypeError("this document requires trusted scripts");
  };
  await assert.rejects(get(new AssetStore(start, () => {})), /requires trusted scripts/);
});

test("What a policy has refused to the thread is handed on", async (t) => {
  const { store, threads, violations } = open(t, plainHost);
  await get(store);
  const violation = {
    disposition: "enforce",
    effectiveDirective: "connect-src",
    originalPolicy: "connect-src 'none'",
    blockedURI: URL,
  } as const;
  threads[0]!.say({ kind: "refused", violation });
  assert.deepEqual(violations, [violation]);
});

test("What a cache has not yet is kept in it, marked as whole", async (t) => {
  const page = open(t, plainHost);
  await keep(page, RIGHT);
  await page.store.keep([NAME, "realm.js"], OFFLINE_CACHE);
  const cache = await page.caches.open(OFFLINE_CACHE);
  assert.deepEqual([...cache.kept.keys()].sort(), [URL, addressOf("realm.js")].sort());
  const kept = await cache.match(addressOf("realm.js"));
  assert.deepEqual(
    [await kept?.text(), kept?.headers.get(OFFLINE_COPY_HEADER)],
    ["realm.js", "whole"],
  );
  assert.deepEqual(page.network.asked, [addressOf("realm.js")]);
});

test("A cache that is full is told", async (t) => {
  const { store } = open(t, plainHost);
  replaceGlobals(t, { caches: { open: () => Promise.reject(new Error("no room")) } });
  await assert.rejects(store.keep([NAME], OFFLINE_CACHE), /no room/);
});

test("Bytes that arrive one by one are not all told", async (t) => {
  const trickle = (): Response =>
    encoded(
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < RIGHT.length; at += 1000) {
            controller.enqueue(RIGHT.slice(at, at + 1000));
          }
          controller.close();
        },
      }),
    );
  const { store, shares } = open(t, trickle);
  await get(store);
  assert.ok(shares.length >= 40 && shares.length <= 51, String(shares.length));
});
