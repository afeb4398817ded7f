/** A host whose workers do what a test makes them do, over real ports. */
import type { Assets, Deliver, Host, OnLost, RealmWorker } from "../../src/driver/host";
import type { AssetName } from "../../src/shared/assets";
import { deliver } from "../../src/shared/delivery";
import type { RealmRole } from "../../src/shared/messages";
import { type Heard, Listener } from "./listener";
import { Deferred } from "./promises";

/** Files that arrive when a test says so. */
export class FakeAssets implements Assets {
  readonly #files = new Map<AssetName, Deferred<ArrayBuffer>>();

  /** The bundle of an exercise whose tests link nothing of their own. */
  has(name: AssetName): boolean {
    return name !== "objects.zip";
  }

  async get<N extends AssetName>(names: readonly N[]): Promise<Record<N, ArrayBuffer>> {
    const entries = names.map(async (name) => [name, await this.#file(name).promise] as const);
    return Object.fromEntries(await Promise.all(entries)) as Record<N, ArrayBuffer>;
  }

  async fetch(names: readonly AssetName[]): Promise<void> {
    await this.get(names);
  }

  deliverTo(port: MessagePort): Deliver {
    return (names) => deliver(names, (name) => this.#file(name).promise, port);
  }

  /** Let files arrive; each holds its own name. */
  arrive(...names: readonly AssetName[]): void {
    for (const name of names) this.#file(name).resolve(Uint8Array.from(Buffer.from(name)).buffer);
  }

  fail(name: AssetName, problem: Error): void {
    this.#file(name).reject(problem);
  }

  #file(name: AssetName): Deferred<ArrayBuffer> {
    const file = this.#files.get(name) ?? new Deferred<ArrayBuffer>();
    this.#files.set(name, file);
    return file;
  }
}

export class FakeWorker implements RealmWorker {
  isEnded = false;
  readonly listener: Listener;

  constructor(
    readonly role: RealmRole,
    port: MessagePort,
    readonly onLost: OnLost,
    onMessage: (worker: FakeWorker, message: Heard) => unknown,
  ) {
    this.listener = new Listener(port, (message) => onMessage(this, message));
  }

  get heard(): readonly Heard[] {
    return this.listener.heard;
  }

  say(message: unknown): void {
    this.listener.say(message);
  }

  end(): void {
    this.isEnded = true;
    this.listener.port.close();
  }
}

export class FakeHost implements Host {
  readonly assets = new FakeAssets();
  readonly workers: FakeWorker[] = [];
  readonly #started = new Deferred<FakeWorker>();

  /**
   * @param onMessage - What workers do upon a message.
   * @param starting - Until when a worker takes to start.
   */
  constructor(
    readonly onMessage: (worker: FakeWorker, message: Heard) => unknown = () => {},
    readonly starting: Promise<void> = Promise.resolve(),
  ) {}

  /** The first worker, once it is started. */
  get worker(): Promise<FakeWorker> {
    return this.#started.promise;
  }

  async start(role: RealmRole, port: MessagePort, onLost: OnLost): Promise<RealmWorker> {
    await this.starting;
    const worker = new FakeWorker(role, port, onLost, this.onMessage);
    this.workers.push(worker);
    this.#started.resolve(worker);
    return worker;
  }
}
