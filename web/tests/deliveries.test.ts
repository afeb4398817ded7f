import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { AssetError } from "../src/shared/problem";
import { addressOf, contentOf } from "./fakes/build";
import { openFiles as open } from "./fakes/files-page";
import { Listener } from "./fakes/listener";
import { missing, plainHost } from "./fakes/network";

const NAME = "judge.pack";

/** The far ends of a realm's deliveries, as its worker is told of them. */
async function waysOf(realm: Listener): Promise<readonly Listener[]> {
  const { ports } = await realm.take("files");
  return ports.map((port) => new Listener(port));
}

test("A realm is first told where its files will come, and gets each by a way of its delivery", async (t) => {
  const { store } = open(t, plainHost);
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  const realm = new Listener(port2);
  const deliver = store.deliverTo(port1);
  const ways = await waysOf(realm);
  for (const [way, name] of [
    [ways[0]!, NAME],
    [ways[1]!, "realm.js"],
  ] as const) {
    await deliver([name]);
    const { bytes } = await way.take("file");
    assert.ok(Buffer.from(bytes).equals(contentOf(name)));
    const closed = once(way.port, "close");
    way.say("arrived");
    await closed;
  }
  assert.deepEqual([realm.heard.length, ...ways.map((way) => way.heard.length)], [1, 1, 1]);
  await assert.rejects(deliver([NAME]), /twice/);
});

test("What was delivered stays whole for the next realm", async (t) => {
  const { store, network } = open(t, plainHost);
  for (let realm = 0; realm < 2; realm++) {
    const { port1, port2 } = new MessageChannel();
    const deliver = store.deliverTo(port1);
    const ways = await waysOf(new Listener(port2));
    await deliver([NAME]);
    const { bytes } = await ways[0]!.take("file");
    assert.ok(Buffer.from(bytes).equals(contentOf(NAME)));
    for (const port of [port1, ...ways.map((way) => way.port)]) port.close();
  }
  assert.deepEqual(network.asked, [addressOf(NAME), `${addressOf(NAME)}.gz`]);
});

test("A file that cannot be had is why a delivery fails", async (t) => {
  const { store } = open(t, missing);
  const { port1 } = new MessageChannel();
  t.after(() => port1.close());
  await assert.rejects(store.deliverTo(port1)([NAME]), AssetError);
});
