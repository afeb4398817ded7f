/** The caches that a service worker fills, known by addresses alone. */

type Address = string | { readonly url: string };

export class FakeCache {
  readonly kept = new Map<string, Response>();

  async match(address: Address): Promise<Response | undefined> {
    return this.kept.get(textOf(address))?.clone();
  }

  async put(address: Address, response: Response): Promise<void> {
    this.kept.set(textOf(address), response);
  }

  async keys(): Promise<readonly { readonly url: string }[]> {
    return [...this.kept.keys()].map((url) => ({ url }));
  }

  async delete(address: Address): Promise<boolean> {
    return this.kept.delete(textOf(address));
  }
}

export class FakeCaches {
  readonly named = new Map<string, FakeCache>();

  async open(name: string): Promise<FakeCache> {
    const cache = this.named.get(name) ?? new FakeCache();
    this.named.set(name, cache);
    return cache;
  }

  async keys(): Promise<readonly string[]> {
    return [...this.named.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.named.delete(name);
  }

  async match(
    address: Address,
    { cacheName }: { readonly cacheName: string },
  ): Promise<Response | undefined> {
    return this.named.get(cacheName)?.match(address);
  }
}

function textOf(address: Address): string {
  return typeof address === "string" ? address : address.url;
}
