import type { LocalFlags } from './commands/local.ts';
import type { CollectFlags } from './commands/local-collection.ts';
import type { Defining, Options } from './defining.ts';
import { portNumber } from './option-values.ts';

/** The embedded registry. */
export function addLocalCommands({ define, changing, run }: Defining): void {
  const local = define('local', 'run the embedded registry until Ctrl+C')
    .option('--no-samples', 'without sample images')
    .option('--port <number>', 'the port to use, which must be free', portNumber)
    .option('--sign-in', 'ask for a user and password from now on')
    .option('--no-sign-in', 'let every user and program of this machine in from now on')
    .option('--show-password', 'print the password it asks for')
    .option(
      '--containers',
      'answer to the names by which containers reach this machine (host.docker.internal, …)',
    )
    .option('--no-containers', 'answer to local names only')
    .option('--sparse-indexes', 'take an index whose platforms are not all there')
    .option('--no-sparse-indexes', 'refuse it')
    .action(async (options: Options & LocalFlags) => {
      const commands = await import('./commands/local.ts');
      await run(options, (context) => commands.local(context, options));
    });
  const below = (usage: string, description: string) => define(usage, description, local);
  changing(below('gc', 'take what no image needs from its folder; pushes and pulls go on meanwhile'))
    .option('--untagged', 'manifests without a tag, too; children of indexes and what is attached stay')
    .action(async (options: Options & CollectFlags) => {
      const { localCollect } = await import('./commands/local-collection.ts');
      await run(options, (context) => localCollect(context, options));
    });
  below('usage', 'show what its folder takes on the disk, and for what').action(async (options: Options) => {
    const { localUsage } = await import('./commands/local-collection.ts');
    await run(options, localUsage);
  });
}
