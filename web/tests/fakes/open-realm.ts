import type { TestContext } from "node:test";
import { neededFiles, Realm } from "../../src/driver/realm";
import type { BootKind, RealmRole } from "../../src/shared/messages";
import { FakeHost, type FakeWorker } from "./host";

export const BOOT_SECONDS = 30;

/** A realm on its way; it goes at the end of the test. */
export function openRealm(
  t: TestContext,
  host: FakeHost,
  role: RealmRole = "candidate",
  how: BootKind = "restore",
): Realm {
  const realm = new Realm(role, how, host, BOOT_SECONDS);
  t.after(() => realm.kill());
  return realm;
}

interface Booted {
  readonly host: FakeHost;
  readonly realm: Realm;
  readonly worker: FakeWorker;
}

/** A realm that is up. */
export async function bootRealm(
  t: TestContext,
  role: RealmRole = "candidate",
  how: BootKind = "restore",
): Promise<Booted> {
  const host = new FakeHost();
  host.assets.arrive(...neededFiles(how, host.assets));
  const realm = openRealm(t, host, role, how);
  const worker = await host.worker;
  worker.say({ kind: "booted", how, ms: 1 });
  await realm.ready;
  return { host, realm, worker };
}
