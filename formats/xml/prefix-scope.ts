/** Which namespace a prefix stands for, while a tree is walked. Entering and leaving an element costs only what the element declares. */
export class PrefixScope {
  readonly #bindings = new Map<string, string[]>();

  /** The innermost binding; the prefix is empty for the default namespace. `undefined` where nothing was bound. */
  get(prefix: string): string | undefined {
    return this.#bindings.get(prefix)?.at(-1);
  }

  /** Binds; the namespace is empty to undeclare. */
  bind(prefix: string, namespace: string): void {
    const stack = this.#bindings.get(prefix);
    if (stack) stack.push(namespace);
    else this.#bindings.set(prefix, [namespace]);
  }

  /** Takes the latest binding of each prefix back. */
  release(prefixes: Iterable<string>): void {
    for (const prefix of prefixes) this.#bindings.get(prefix)?.pop();
  }
}
