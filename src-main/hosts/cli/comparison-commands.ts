import { InvalidArgumentError, Option } from 'commander';
import { LANGUAGES } from '../../common/languages.ts';
import { addBothAccessFlags } from './access-flags.ts';
import type { CompareImagesFlags } from './commands/compare-images.ts';
import type { CompareTagsFlags } from './commands/compare-tags.ts';
import type { Defining, Options } from './defining.ts';
import { several } from './option-values.ts';

const IMAGE_FLAGS = [
  'files',
  'packages',
  'platform',
  'shared',
  'secrets',
  'markdown',
  'html',
  'lang',
] as const;

/** What asks two places what is different between them, and changes nothing. */
export function addComparisonCommands({ define, run }: Defining): void {
  const command = define(
    'compare <left> <right>',
    'compare two images, or the tags of two repositories or registries; exit code 3 when they differ',
  )
    .option('--rename <template>', 'name at the right side, of {repository}, {namespace} and {name}')
    .option('--also <place>', 'compare the left one with this, too; may be repeated', several)
    .option('--max-age <minutes>', 'read again what was read longer ago; default: 60', minutes)
    .option(
      '--read',
      'also read the manifests of tags that differ: which side is newer, which platforms differ',
    )
    .option('--all', 'also tags that are the same; --json always has them');
  command
    .option('--files', 'of images: their files; reads the layers that differ')
    .option('--packages', 'of images: their packages, in attached SBOMs or in files')
    .option('--platform <os/arch>', 'of images: this platform only')
    .option('--shared', 'with --files: reads layers that both have, too, however large')
    .option('--secrets', 'of images: what looks like a secret is written out')
    .option('--markdown <file>', 'of images: writes a report in Markdown')
    .option('--html <file>', 'of images: writes a report as one page of HTML');
  command.addOption(
    new Option('--lang <language>', 'of reports: their language; default: en').choices(LANGUAGES),
  );
  addBothAccessFlags(command)
    .addHelpText('after', COMPARE_HELP)
    .action(async (left: string, right: string, options: Options) => {
      const { comparesImages, comparesOneRegistry } = await import('./compared-places.ts');
      const { compareTags } = await import('./commands/compare-tags.ts');
      const { readBothAccess } = await import('./access.ts');
      const { compareImages } = await import('./commands/compare-images.ts');
      const { nameOneRegistry } = await import('./copy-places.ts');
      const { UsageError } = await import('./failures.ts');
      const refuse = (names: readonly string[], of: string) => {
        const wrong = names.find((name) => options[name] !== undefined);
        if (wrong !== undefined)
          throw new UsageError(
            `--${wrong.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is about ${of}.`,
          );
      };
      await run(options, async (context) => {
        if (comparesImages(left, right)) {
          refuse(['rename', 'also', 'maxAge', 'read', 'all'], 'registries and repositories');
          const access = await readBothAccess(options, nameOneRegistry(left, right));
          await compareImages(context, { left, right }, options as CompareImagesFlags, access);
          return;
        }
        refuse(IMAGE_FLAGS, 'images');
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
Images have a tag or a digest, or lie outside registries (oci:DIR, docker-archive:FILE, docker-daemon:NAME). --files reads the
layers that differ, and those that both have where they are small (64 MB) and needed to tell what was added from what was changed.

Else LEFT and RIGHT are each HOST, HOST/NAMESPACE/ or HOST/REPOSITORY. What is not known costs a list of each
repository and a HEAD for each tag; after Ctrl+C or a crash the same command goes on where it was. What a scan has
seen within --max-age minutes is not asked again. The left side is the source of --source-…, the right the target.`;
