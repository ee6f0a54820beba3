import { useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { Command } from './command.ts';
import { CommandList } from './command-list.ts';

/** The commands of the window. */
export const commandList = new CommandList();

/**
 * Offers commands while the component is mounted: in the palette, by their keys, in the overview of shortcuts. They may be new objects
 * each time. Whoever sees a button may press its key at once, so they are there before it is painted.
 */
export function useCommands(commands: readonly Command[]): void {
  const [source] = useState(() => ({}));
  useLayoutEffect(() => commandList.put(source, commands));
  useLayoutEffect(() => () => commandList.drop(source), [source]);
}

/** All commands there are at the moment. */
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(commandList.subscribe, commandList.all);
}
