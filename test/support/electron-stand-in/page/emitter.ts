// Runs in the preload's world: the part of Node's EventEmitter that preloads use. Self-contained.

export type PageListener = (...parts: never[]) => void;
export type PageEmitter = {
  on: (name: string, listener: PageListener) => PageEmitter;
  emit: (name: string, ...parts: unknown[]) => boolean;
};

export const makeEmitter = (): new () => PageEmitter => {
  type Entry = { readonly listener: PageListener; readonly isOnce: boolean };
  class EventEmitter {
    readonly #entries = new Map<string, Entry[]>();
    on(name: string, listener: PageListener): this {
      return this.#add(name, { listener, isOnce: false });
    }
    once(name: string, listener: PageListener): this {
      return this.#add(name, { listener, isOnce: true });
    }
    addListener(name: string, listener: PageListener): this {
      return this.on(name, listener);
    }
    off(name: string, listener: PageListener): this {
      const entries = this.#entries.get(name) ?? [];
      const index = entries.findLastIndex((entry) => entry.listener === listener);
      this.#entries.set(
        name,
        entries.filter((_entry, each) => each !== index),
      );
      return this;
    }
    removeListener(name: string, listener: PageListener): this {
      return this.off(name, listener);
    }
    removeAllListeners(name?: string): this {
      if (name === undefined) this.#entries.clear();
      else this.#entries.delete(name);
      return this;
    }
    emit(name: string, ...parts: unknown[]): boolean {
      const entries = this.#entries.get(name) ?? [];
      for (const { listener, isOnce } of entries) {
        if (isOnce) this.off(name, listener);
        listener.apply(this, parts as never[]);
      }
      return entries.length > 0;
    }
    listenerCount(name: string): number {
      return this.#entries.get(name)?.length ?? 0;
    }
    listeners(name: string): PageListener[] {
      return (this.#entries.get(name) ?? []).map((entry) => entry.listener);
    }
    eventNames(): string[] {
      return [...this.#entries.keys()];
    }
    setMaxListeners(): this {
      return this;
    }
    #add(name: string, entry: Entry): this {
      this.#entries.set(name, [...(this.#entries.get(name) ?? []), entry]);
      return this;
    }
  }
  return EventEmitter;
};
