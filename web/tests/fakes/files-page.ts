import "./build";
import type { TestContext } from "node:test";
import { AssetStore } from "../../src/page/assets";
import type { Violation } from "../../src/shared/asset-orders";
import type { AssetName } from "../../src/shared/assets";
import { FakeThread } from "./asset-thread";
import { FakeCaches } from "./caches";
import { replaceGlobals } from "./globals";
import { FakeNetwork, type Server } from "./network";

export interface FilesPage {
  readonly network: FakeNetwork;
  readonly caches: FakeCaches;
  readonly store: AssetStore;
  /** The threads that were started, in turn. */
  readonly threads: readonly FakeThread[];
  /** What a policy has refused to the thread. */
  readonly violations: readonly Violation[];
  /** What has been told of progress. */
  readonly shares: (readonly [number, number])[];
}

/** A page whose files come from a server, and whose browser has caches. */
export function openFiles(
  t: TestContext,
  server: Server,
  needed: readonly AssetName[] = ["judge.pack"],
): FilesPage {
  const network = new FakeNetwork(server);
  const caches = new FakeCaches();
  const navigator = { serviceWorker: { controller: {} } };
  replaceGlobals(t, { fetch: network.fetch, caches, navigator });
  const shares: (readonly [number, number])[] = [];
  const threads: FakeThread[] = [];
  const violations: Violation[] = [];
  const store = new AssetStore(() => {
    const thread = new FakeThread();
    threads.push(thread);
    return thread;
  }, violations.push.bind(violations));
  store.watch(needed, (loaded, total) => void shares.push([loaded, total]));
  return { network, caches, store, threads, shares, violations };
}
