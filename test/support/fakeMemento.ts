/** `Memento` of VS Code, as far as it is used; values go through JSON as there. */
export class FakeMemento {
  readonly values = new Map<string, string>();
  synced: readonly string[] = [];
  keys(): readonly string[] {
    return [...this.values.keys()];
  }
  get<T>(key: string): T | undefined {
    const value = this.values.get(key);
    return value === undefined ? undefined : (JSON.parse(value) as T);
  }
  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, JSON.stringify(value));
  }
  setKeysForSync(keys: readonly string[]): void {
    this.synced = keys;
  }
}
