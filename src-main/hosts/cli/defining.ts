import type { Command } from 'commander';
import type { AccessOverrides } from '../../services/index.ts';
import type { Context } from './context.ts';

/** Options as commander gives them. */
export type Options = Readonly<Record<string, unknown>>;

/** Runs a command with what every command gets. */
type Run = (options: Options, command: (context: Context) => Promise<void>) => Promise<void>;

/** The flags of one registry, read by what is loaded with the command. */
export async function readAccess(options: Options): Promise<AccessOverrides> {
  const access = await import('./access.ts');
  return await access.readAccess(options);
}

/** How commands of the program begin. */
export interface Defining {
  /** Begins a command with `--json`; below the program unless another command is given. */
  define: (usage: string, description: string, above?: Command) => Command;
  /** The same with the flags that say how a registry is reached. */
  reading: (usage: string, description: string, above?: Command) => Command;
  /** Adds the flags of what shows a plan and asks. */
  changing: (command: Command) => Command;
  run: Run;
}
