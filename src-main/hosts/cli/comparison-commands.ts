import { InvalidArgumentError } from 'commander';
import { addAccessFlags } from './access-flags.ts';
import type { CompareTagsFlags } from './commands/compare-tags.ts';
import type { Defining, Options } from './defining.ts';

/** What asks two places what is different between them, and changes nothing. */
export function addComparisonCommands({ define, run }: Defining): void {
  const command = define(
    'compare <left> <right>',
    'compare the tags of two registries, namespaces or repositories; exit code 3 when they differ',
  )
    .option('--rename <template>', 'name at the right side, of {repository}, {namespace} and {name}')
    .option('--max-age <minutes>', 'ask again what was looked at longer ago; default: 60', minutes)
    .option('--all', 'also tags that are the same; --json always has them');
  for (const side of ['both', 'source', 'target'] as const) addAccessFlags(command, side);
  command.addHelpText('after', COMPARE_HELP).action(async (left: string, right: string, options: Options) => {
    const { comparesImages, comparesOneRegistry } = await import('./compared-places.ts');
    const { compareTags } = await import('./commands/compare-tags.ts');
    const { readBothAccess } = await import('./access.ts');
    const { UsageError } = await import('./failures.ts');
    await run(options, async (context) => {
      if (comparesImages(left, right))
        throw new UsageError('A tag or digest names an image: give two registries or two repositories.');
      const access = await readBothAccess(options, comparesOneRegistry(left, right));
      await compareTags(context, { left, right }, options as CompareTagsFlags, access);
    });
  });
}

function minutes(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is not a number of minutes.');
  return Number(text);
}

const COMPARE_HELP = `
LEFT and RIGHT are each HOST, HOST/NAMESPACE/ or HOST/REPOSITORY. What is not known costs a list of each
repository and a HEAD for each tag; after Ctrl+C or a crash the same command goes on where it was. What a scan has
seen within --max-age minutes is not asked again. The left side is the source of --source-…, the right the target.`;
