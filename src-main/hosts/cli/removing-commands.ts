import type { Command } from 'commander';
import type { CleanupFlags } from './commands/cleanup.ts';
import type { GcFlags } from './commands/gc.ts';
import { type Defining, type Options, readAccess } from './defining.ts';
import type { DeleteFlags } from './deletion-plan.ts';
import { CONFIRM, several } from './option-values.ts';
import type { NameFlags } from './typed-name.ts';

/** What deletes, what takes that back, and what frees its bytes. */
export function addRemovingCommands({ define, reading, changing, run }: Defining): void {
  const taking = (command: Command) =>
    changing(command)
      .option('--keep-content', 'keep the blobs too, so that undo works after a garbage collection')
      .option('--no-keep-content', 'do not, whatever the settings say');

  taking(
    reading(
      'delete <references...>',
      'delete tags (also by pattern), digests, whole repositories and namespaces',
    ),
  )
    .option(
      '--repository',
      'the references are repositories, which go with all their tags; as NAMESPACE/** does',
    )
    .option('--with-attached', 'signatures, SBOMs and other referrers of what goes, and the tags of cosign')
    .option('--accept-side-effects', 'agree that tags not asked for go, or indexes break, as the plan says')
    .option('--confirm <repository>', CONFIRM, several)
    .action(async (references: string[], options: Options) => {
      const { deleteAll } = await import('./commands/delete.ts');
      const access = await readAccess(options);
      await run(options, (context) => deleteAll(context, references, options as DeleteFlags, access));
    });

  taking(reading('cleanup <place>', 'delete what rules say of HOST, HOST/NAMESPACE/ or HOST/REPOSITORY'))
    .option('--rules <file>', 'the rules, in YAML; - is stdin')
    .option('--saved <name>', 'those that are saved for the registry under this name')
    .option('--in-use <file>', 'what is in use stays, whatever the rules say; may be repeated', several)
    .option('--accept-side-effects', 'agree that tags no rule names go, or indexes break, as the plan says')
    .option('--confirm <name>', CONFIRM, several)
    .addHelpText('after', CLEANUP_HELP)
    .action(async (place: string, options: Options) => {
      const { cleanup } = await import('./commands/cleanup.ts');
      const access = await readAccess(options);
      await run(options, (context) => cleanup(context, place, options as CleanupFlags, access));
    });

  changing(reading('undo <id>', 'take back what an operation did to tags; operations shows its id'))
    .option('--confirm <name>', CONFIRM, several)
    .action(async (id: string, options: Options) => {
      const { undo } = await import('./commands/undo.ts');
      const access = await readAccess(options);
      await run(options, (context) => undo(context, id, options as NameFlags, access));
    });

  const trash = define('trash', 'show what is kept so that changes can be undone').action(
    async (options: Options) => {
      const { showTrash } = await import('./commands/trash.ts');
      await run(options, showTrash);
    },
  );
  changing(
    define('empty', 'remove it: what was deleted can then be undone no more', trash).option(
      '--content',
      'only blobs that were kept; manifests stay',
    ),
  ).action(async (options: Options) => {
    const { emptyTrash } = await import('./commands/trash.ts');
    await run(options, (context) => emptyTrash(context, options));
  });

  changing(reading('gc <host>', 'say what frees the bytes of what was deleted, and run it where an API does'))
    .option('--untagged', 'manifests without a tag, too, where an API runs it')
    .option(
      '--read <file>',
      'the output of "registry garbage-collect --dry-run": what it would free; - is stdin',
    )
    .action(async (host: string, options: Options) => {
      const { gc } = await import('./commands/gc.ts');
      const access = await readAccess(options);
      await run(options, (context) => gc(context, host, options as GcFlags, access));
    });
}

const CLEANUP_HELP = `
The first match in the order protect, keep, delete decides, and what nothing matches stays:
  version: 1
  rules:
    - name: team
      repositories: ["team/**"]
      protect: ["stable", "v*"]
      keep:
        - { name: newest releases, tags: "r*", newest: 2 }
        - { name: in use, inUse: pods.json }
      delete:
        - { name: old pull requests, tags: "pr-*", olderThan: 14d }
Files that rules name are looked for beside FILE, those of saved ones where you are. Exits with 1 where a repository could not be looked at,
which is left as it is.`;
