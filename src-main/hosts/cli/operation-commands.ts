import { addBothAccessFlags, addChunkSize } from './access-flags.ts';
import type { Defining, Options } from './defining.ts';
import { limitNumber } from './option-values.ts';

/** What was changed, what of it stopped, and how it goes on. */
export function addOperationCommands({ define, run }: Defining): void {
  const operations = define(
    'operations',
    'list the latest operations, or show one with its digests before and after',
  )
    .argument('[id]', 'which one; the beginning of its id will do')
    .option('--limit <number>', 'how many to list', limitNumber, 20)
    .action(async (id: string | undefined, options: Options & { limit: number }) => {
      const { listOperations, showOperation } = await import('./commands/operations.ts');
      await run(options, (context) =>
        id === undefined ? listOperations(context, options.limit) : showOperation(context, id),
      );
    });
  const one = (usage: string, description: string) => define(usage, description, operations);
  const resume = one('resume [id]', 'go on with all transfers that were stopped, or with the one named');
  addChunkSize(addBothAccessFlags(resume)).action(async (id: string | undefined, options: Options) => {
    const { resumeOperations } = await import('./commands/operations.ts');
    await run(options, (context) => resumeOperations(context, id, options));
  });
  one('cancel <id>', 'cancel one, also where another window or command runs it').action(
    async (id: string, options: Options) => {
      const { cancelOperation } = await import('./commands/operations.ts');
      await run(options, (context) => cancelOperation(context, id));
    },
  );
}
