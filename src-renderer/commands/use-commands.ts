import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Command } from './command.ts';
import { CommandList } from './command-list.ts';

/** The commands of the window. */
export const commandList = new CommandList();

/** Offers commands while the component is mounted: in the palette, by their keys, in the overview of shortcuts. They may be new objects each time. */
export function useCommands(commands: readonly Command[]): void {
  const [source] = useState(() => ({}));
  useEffect(() => commandList.put(source, commands));
  useEffect(() => () => commandList.drop(source), [source]);
}

/** All commands there are at the moment. */
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(commandList.subscribe, commandList.all);
}
