/** What browsers make of `localStorage`. */
export class FakeStorage implements Storage {
  readonly kept = new Map<string, string>();
  /** How many characters fit, of keys and values. */
  room = Number.POSITIVE_INFINITY;

  get length(): number {
    return this.kept.size;
  }

  key(index: number): string | null {
    return [...this.kept.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    const others = [...this.kept].filter(([name]) => name !== key);
    const used = others.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (used + key.length + text.length > this.room) throw new Error("the quota is exceeded");
    this.kept.set(key, text);
  }

  removeItem(key: string): void {
    this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
  }

  /** Let nothing more in than there is. */
  fill(): void {
    this.room = [...this.kept].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  }
}
