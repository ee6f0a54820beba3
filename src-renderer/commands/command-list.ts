import type { Command } from './command.ts';
import { type KeyPress, matchesKeys } from './keys.ts';

/**
 * The commands there are at the moment. Each source has its own; of those with one id, or with the same keys, that of the source that
 * came last counts: a page's before the app's.
 */
export class CommandList {
  readonly #sources = new Map<object, readonly Command[]>();
  readonly #listeners = new Set<() => void>();
  #all: readonly Command[] | undefined;

  /** Takes the place of what the source had; listeners hear of it where something looks or reads differently. */
  put(source: object, commands: readonly Command[]): void {
    const before = this.#sources.get(source);
    this.#sources.set(source, commands);
    if (!before || !areAlike(before, commands)) this.#changed();
  }

  drop(source: object): void {
    if (this.#sources.delete(source)) this.#changed();
  }

  /** The same array until one looks or reads differently: run them by their id. */
  readonly all = (): readonly Command[] => {
    if (!this.#all) {
      const byId = new Map<string, Command>();
      for (const command of this.#latestFirst()) if (!byId.has(command.id)) byId.set(command.id, command);
      this.#all = [...byId.values()];
    }
    return this.#all;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Runs the command as it is now; one that cannot be done does nothing. */
  run(id: string): void {
    for (const command of this.#latestFirst()) {
      if (command.id !== id) continue;
      if (command.reason === undefined) command.run();
      return;
    }
  }

  /** What a key press asks for. Where that cannot be done nothing else is: whoever presses Delete means what is in front of them. */
  forKeys(press: KeyPress, isMac: boolean): Command | undefined {
    for (const command of this.#latestFirst())
      if (command.keys?.some((each) => matchesKeys(each, press, isMac))) return command;
    return undefined;
  }

  *#latestFirst(): Generator<Command, void, void> {
    for (const commands of [...this.#sources.values()].reverse()) yield* commands;
  }

  #changed(): void {
    this.#all = undefined;
    for (const listener of this.#listeners) listener();
  }
}

function areAlike(before: readonly Command[], after: readonly Command[]): boolean {
  return before.length === after.length && before.every((each, index) => isAlike(each, after[index]));
}

function isAlike(a: Command, b: Command | undefined): boolean {
  return (
    a.id === b?.id &&
    a.group === b.group &&
    a.label === b.label &&
    a.short === b.short &&
    a.words === b.words &&
    a.reason === b.reason &&
    a.danger === b.danger &&
    a.icon === b.icon &&
    a.keys?.join(' ') === b.keys?.join(' ') &&
    a.keyThen === b.keyThen
  );
}
