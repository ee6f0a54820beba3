import type { Command } from 'commander';
import { addAccessFlags } from './access-flags.ts';
import type { FindFlags } from './commands/find.ts';
import type { LookFlags } from './commands/look.ts';
import { type Defining, type Options, readAccess } from './defining.ts';

const FIND_HELP = `
Over all registries that were scanned (scan HOST), and without asking them. Packages are those of images that somebody
looked into: the packages tab, "packages REF", or all of a registry with "find look HOST". Files are those of layers that
were read: the files tab, or all of a registry with "find look HOST --files". What is not known is said: it is never "not found".`;

const PACKAGE_HELP = `
  find package log4j-core                   names that contain it
  find package 'log4j-core < 2.17'          this name, or what ends with it (group:log4j-core)
  find package 'openssl >= 3.0, < 3.0.15'   by the order of each ecosystem: deb, rpm, apk, Maven, PyPI, semantic versions
An epoch or a revision that is not asked for does not count: 3.0.15 means 3.0.15-1~deb12u1, too.`;

const LOOK_HELP = `
An attached SBOM is read where there is one, else layers, each once; with --files all layers are. The same command goes on where it stopped.`;

/** Where something is, over all registries. */
export function addFindCommands(program: Command, { define, reading, run }: Defining): void {
  const find = program
    .command('find')
    .description('find where a digest, a layer, a tag, a package or a file is, over all scanned registries')
    .addHelpText('after', FIND_HELP);
  const finding = (usage: string, description: string, what: 'digest' | 'tag' | 'package' | 'file') =>
    define(usage, description, find).action(async (text: string, options: Options & FindFlags) => {
      const commands = await import('./commands/find.ts');
      await run(options, (context) => commands.find(context, what, text, options));
    });
  finding('digest <digest>', 'what a digest is, or those that begin so, and what holds it', 'digest');
  finding('layer <digest>', 'who holds a layer, by its digest or its diff ID', 'digest');
  finding('tag <words>', 'tags and repositories that contain every word', 'tag');
  finding('package <package>', 'images with a package, by its name and version', 'package')
    .option('--type <type>', 'of this ecosystem: deb, rpm, apk, maven, npm, pypi, golang …')
    .addHelpText('after', PACKAGE_HELP);
  finding(
    'file <path>',
    'layers with a file: a pattern ("*.jar", "etc/**"), a part of a path, or the SHA-256 of what is in it',
    'file',
  );

  const look = define('look <host>', 'read the packages of images that have not been read yet', find)
    .option('--files', 'also read all layers that have not been read, so that their files are found')
    .option('--plan', 'only say what it costs')
    .option('-y, --yes', 'without asking')
    .addHelpText('after', LOOK_HELP);
  addAccessFlags(look).action(async (host: string, options: Options & LookFlags) => {
    const commands = await import('./commands/look.ts');
    const access = await readAccess(options);
    await run(options, (context) => commands.look(context, host, options, access));
  });

  reading('base <reference>', 'what an image was built on, and whether an update of that is there')
    .option('--platform <os/arch>', 'which image of a multi-platform one')
    .action(async (reference: string, options: Options & { platform?: string }) => {
      const commands = await import('./commands/base.ts');
      const access = await readAccess(options);
      await run(options, (context) => commands.base(context, reference, options.platform, access));
    });
}
