import type { Command } from 'commander';
import { addBothAccessFlags, addChunkSize } from './access-flags.ts';
import type { OverwriteFlags } from './ask.ts';
import { CONTENT_HELP } from './content-help.ts';
import type { CopyFlags } from './copy-options.ts';
import { type Defining, type Options, readAccess } from './defining.ts';
import type { DeleteFlags } from './deletion-plan.ts';
import { CONFIRM, several } from './option-values.ts';
import type { SelectionFlags } from './sync-places.ts';

/** What brings images to another place, or gives them another tag. */
export function addTransferCommands({ define, reading, changing, run }: Defining): void {
  const transferring = (command: Command) => {
    changing(command)
      .option('--with-attached', 'signatures, SBOMs and other referrers go along, and the tags of cosign')
      .option('--platform <os/arch[/variant]>', 'only this platform of an index; may be repeated', several)
      .option('--with-foreign', 'nondistributable layers go along where the source holds them')
      .option('--sparse-index', 'with --platform: keep the index and its digest, though images are missing');
    return addChunkSize(addBothAccessFlags(command));
  };

  const keeping = (command: Command) =>
    command.option(
      '--keep-content',
      'keep what a moved tag pointed at whole, so that undo works after a garbage collection',
    );

  keeping(transferring(define('copy <source> <target>', 'copy an image with all its platforms')))
    .addHelpText('after', CONTENT_HELP)
    .action(async (source: string, target: string, options: Options) => {
      const { copy } = await import('./commands/transfer.ts');
      const { nameOneRegistry } = await import('./copy-places.ts');
      const { readBothAccess } = await import('./access.ts');
      await run(options, async (context) => {
        const access = await readBothAccess(options, nameOneRegistry(source, target));
        await copy(context, source, target, options as OverwriteFlags & CopyFlags, access);
      });
    });

  keeping(
    transferring(
      selecting(define('sync <source> <target>', 'bring many tags or repositories to another place')),
    ),
  )
    .option('--prune', 'delete tags that only the target has, by a plan of their own')
    .option('--accept-side-effects', 'with --prune: agree that tags not asked for go, or indexes break')
    .option('--confirm <repository>', CONFIRM, several)
    .addHelpText('after', SYNC_HELP)
    .addHelpText('after', CONTENT_HELP)
    .action(async (source: string, target: string, options: Options) => {
      const { sync, syncsOneRegistry } = await import('./commands/sync.ts');
      const { readBothAccess } = await import('./access.ts');
      await run(options, async (context) => {
        const access = await readBothAccess(options, syncsOneRegistry(source, target));
        await sync(context, { source, target }, options as SelectionFlags & DeleteFlags, access);
      });
    });

  keeping(changing(reading('retag <reference> <tag>', 'give an image another tag'))).action(
    async (reference: string, tag: string, options: Options) => {
      const { retag } = await import('./commands/transfer.ts');
      const access = await readAccess(options);
      await run(options, (context) => retag(context, reference, tag, options as OverwriteFlags, access));
    },
  );
}

/** Which tags of which repositories. */
function selecting(command: Command): Command {
  return command
    .option('--tags <pattern>', 'only these tags; may be repeated', several)
    .option('--exclude-tags <pattern>', 'but not these; may be repeated', several)
    .option('--repositories <pattern>', 'these repositories of the source; may be repeated', several)
    .option('--exclude-repositories <pattern>', 'but not these; may be repeated', several)
    .option('--versions <range>', 'only tags that are versions (1.2.3, 1.2) in this range: ">=1.2 <3"')
    .option('--new-only', 'leave tags that the target has as they are')
    .option('--rename <template>', 'name at the target, of {repository}, {namespace} and {name}');
}

const SYNC_HELP = `
SOURCE is HOST, HOST/REPOSITORY or HOST/PATTERN, each of the latter also with :TAGPATTERN.
TARGET is HOST, where names stay the same, or HOST/PATH: for one source repository its name at
the target, for several what goes before their names. In patterns * matches anything but a
slash, ** anything. What was copied before is not sent again; after Ctrl+C or a crash run
the command again, or "wharfinger operations resume". Either may be a place outside registries,
without a tag: a layout takes the tags of one repository as they are, of several with their names.`;
