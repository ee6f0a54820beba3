import { InvalidArgumentError, Option } from 'commander';
import type { PackageSource } from '../../common/packages.ts';
import type { FilesFlags } from './commands/files.ts';
import type { InspectFlags } from './commands/inspect.ts';
import type { PackagesFlags } from './commands/packages.ts';
import type { ReferrersFlags } from './commands/referrers.ts';
import type { ScanFlags } from './commands/scan.ts';
import type { TagsFlags } from './commands/tags.ts';
import { CONTENT_HELP } from './content-help.ts';
import { type Defining, type Options, readAccess } from './defining.ts';

const FORMATS = ['table', 'cyclonedx', 'spdx'] satisfies PackagesFlags['format'][];
const SOURCES = ['sbom', 'files'] satisfies PackageSource[];

/** What asks a registry and changes nothing. */
export function addReadingCommands({ reading, run }: Defining): void {
  reading('ls <host>', 'list the repositories of a registry').action(
    async (host: string, options: Options) => {
      const { ls } = await import('./commands/ls.ts');
      const access = await readAccess(options);
      await run(options, (context) => ls(context, host, access));
    },
  );

  reading('tags <repository>', 'list the tags of HOST/REPOSITORY')
    .addHelpText('after', CONTENT_HELP)
    .option('--names', 'their names only, at once')
    .action(async (repository: string, options: Options) => {
      const { tags } = await import('./commands/tags.ts');
      const access = await readAccess(options);
      await run(options, (context) => tags(context, repository, options as TagsFlags, access));
    });

  reading('scan <place>', 'scan HOST, HOST/NAMESPACE/ or HOST/REPOSITORY for what is new')
    .option(
      '--read-manifests',
      'also where the registry counts each as a pull, after saying how many they are',
    )
    .option('-y, --yes', 'read them without asking')
    .option('--no-dates', 'without the configs of images, which say when each was made and for what')
    .option('--retry', 'also configs that could not be read within the last week')
    .action(async (place: string, options: Options) => {
      const { scan } = await import('./commands/scan.ts');
      const access = await readAccess(options);
      await run(options, (context) => scan(context, place, options as ScanFlags, access));
    });

  reading(
    'storage <place...>',
    'show what HOST, HOST/NAMESPACE/, HOST/REPOSITORY or tags of one registry hold, after a scan (sizes only: no dates)',
  ).action(async (places: string[], options: Options) => {
    const { storage } = await import('./commands/storage.ts');
    const access = await readAccess(options);
    await run(options, (context) => storage(context, places, access));
  });

  const ofPlatform = (usage: string, description: string) =>
    reading(usage, description).option('--platform <os/arch>', 'which image of a multi-platform one');

  ofPlatform('inspect <reference>', 'show an image: entries, what is attached, config and layers')
    .addHelpText('after', CONTENT_HELP)
    .action(async (reference: string, options: Options) => {
      const { inspect } = await import('./commands/inspect.ts');
      const access = await readAccess(options);
      await run(options, (context) => inspect(context, reference, options as InspectFlags, access));
    });

  ofPlatform('files <reference> [path]', 'list the files of an image, and what its layers do to them')
    .option(
      '--layer <number>',
      'only what this layer adds (A), changes (C) and removes (R); the base is 0',
      layerNumber,
    )
    .option('--search <pattern>', 'only paths, or names, that match: "*.conf", "etc/**"')
    .option('--wasted', 'files that several layers carry, or that are removed again, and the efficiency')
    .addHelpText('after', CONTENT_HELP)
    .action(async (reference: string, path: string | undefined, options: Options) => {
      const { files } = await import('./commands/files.ts');
      const access = await readAccess(options);
      await run(options, (context) => files(context, reference, path, options as FilesFlags, access));
    });

  ofPlatform('cat <reference> <path>', 'print a file of an image, byte for byte')
    .option('--layer <number>', 'as it is with this layer and those below it; the base is 0', layerNumber)
    .addHelpText('after', CONTENT_HELP)
    .action(async (reference: string, path: string, options: Options) => {
      const { cat } = await import('./commands/files.ts');
      const access = await readAccess(options);
      await run(options, (context) => cat(context, reference, path, options as FilesFlags, access));
    });

  ofPlatform('packages <reference>', 'list what an image has installed, or write it as an SBOM')
    .addOption(new Option('--format <format>', 'how it is printed').choices(FORMATS).default('table'))
    .addOption(
      new Option(
        '--source <source>',
        'an attached SBOM, or the files of the image; by default an SBOM where there is one',
      ).choices(SOURCES),
    )
    .addHelpText('after', CONTENT_HELP)
    .action(async (reference: string, options: Options) => {
      const { packages } = await import('./commands/packages.ts');
      const access = await readAccess(options);
      await run(options, (context) =>
        packages(context, reference, options as unknown as PackagesFlags, access),
      );
    });

  for (const [name, description] of [
    ['digest', 'print the digest that a reference points at'],
    ['manifest', 'print a manifest, byte for byte'],
    ['config', 'print the config of an image, byte for byte'],
  ] as const) {
    ofPlatform(`${name} <reference>`, description).action(async (reference: string, options: Options) => {
      const commands = await import('./commands/raw.ts');
      const access = await readAccess(options);
      await run(options, (context) => commands[name](context, reference, options as InspectFlags, access));
    });
  }

  reading('blob <reference>', 'print a blob of HOST/REPOSITORY@DIGEST, byte for byte').action(
    async (reference: string, options: Options) => {
      const { blob } = await import('./commands/raw.ts');
      const access = await readAccess(options);
      await run(options, (context) => blob(context, reference, access));
    },
  );

  reading('referrers <reference>', 'list what is attached to an image: signatures, SBOMs, attestations')
    .addHelpText('after', CONTENT_HELP)
    .option('--artifact-type <type>', 'of this type only')
    .action(async (reference: string, options: Options) => {
      const { referrers } = await import('./commands/referrers.ts');
      const access = await readAccess(options);
      await run(options, (context) => referrers(context, reference, options as ReferrersFlags, access));
    });
}

function layerNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is not the number of a layer.');
  return Number(text);
}
