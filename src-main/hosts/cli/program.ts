import { Argument, Command, CommanderError, InvalidArgumentError, type OutputConfiguration } from 'commander';
import { version } from '../../../package.json' with { type: 'json' };
import { DRY_RUN, wantsDryRun } from '../../common/dry-run.ts';
import { endSignal } from '../shared/end-signal.ts';
import { addAccessFlags, addChunkSize } from './access-flags.ts';
import type { ChangeFlags } from './ask.ts';
import { addAuditCommands } from './audit-commands.ts';
import type { CleanupFlags } from './commands/cleanup.ts';
import type { Shell } from './commands/completion.ts';
import type { GcFlags } from './commands/gc.ts';
import { CONTENT_HELP } from './content-help.ts';
import type { CopyFlags } from './copy-options.ts';
import type { DeleteFlags } from './deletion-plan.ts';
import { addLocalCommands } from './local-commands.ts';
import { beginOutput, endOutput, OutputFailure, print, report } from './output.ts';
import { addReadingCommands, type Options, type Run, readAccess } from './reading-commands.ts';
import type { SelectionFlags } from './sync-places.ts';

/** Runs one command line. @returns the exit code */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  beginOutput(json);
  /** Help and version, which commander writes without waiting. */
  const written: Promise<void>[] = [];
  const program = describeProgram(endSignal(), {
    writeOut: (text) => void written.push(print(linesOf(text))),
    // With --json a wrong usage is reported as JSON only.
    writeErr: (text) => report(linesOf(text)),
    ...(json && { outputError: () => {} }),
  });
  try {
    try {
      await program.parseAsync(args, { from: 'user' });
    } finally {
      await Promise.all(written);
    }
    endOutput();
    return 0;
  } catch (error) {
    if (error instanceof OutputFailure && error.closed) return 0;
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { EXIT, errorDocument, lineOf, outcomeOf } = await import('./failures.ts');
    if (error instanceof CommanderError) {
      const message = error.message.replace(/^error: /, '');
      endOutput({ error: errorDocument({ code: 'invalidInput', message }) });
      return EXIT.usage;
    }
    const { failure, exitCode } = outcomeOf(error);
    if (!json) report(lineOf(failure));
    endOutput({ error: errorDocument(failure) });
    return exitCode;
  }
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** What is loaded to run a command is loaded when it runs: `--help` and `--version` are quick. */
function describeProgram(signal: AbortSignal, output: OutputConfiguration): Command {
  const program: Command = new Command('wharfinger')
    .configureOutput(output)
    .description('Manage container registries: browse, clean up, retag and copy images.')
    .version(version)
    .option('--dry-run', 'only plan, whatever a command is given: nothing is started')
    .exitOverride()
    .hook('preAction', (_, command) => onlyPlan(program, command))
    // What stands after a command is that command's: `operations` and `operations resume` both have --json.
    .enablePositionalOptions()
    .showHelpAfterError('(see --help)')
    .configureHelp({ showGlobalOptions: true });

  const run: Run = async (options, command) => {
    const { withCore } = await import('./context.ts');
    await withCore({ json: options.json === true, verbose: options.verbose === true, signal }, command);
  };
  const define = (usage: string, description: string) =>
    program.command(usage).description(description).option('--json', 'print one JSON document');
  const reading = (usage: string, description: string) => addAccessFlags(define(usage, description));
  const changing = (command: Command) =>
    command
      .option('--plan', 'show what would be done, and do nothing')
      .option('-y, --yes', 'do it without asking');

  addReadingCommands(reading, run);

  const transferring = (command: Command) => {
    changing(command)
      .option('--with-attached', 'signatures, SBOMs and other referrers go along, and the tags of cosign')
      .option('--platform <os/arch[/variant]>', 'only this platform of an index; may be repeated', several)
      .option('--with-foreign', 'nondistributable layers go along where the source holds them')
      .option('--sparse-index', 'with --platform: keep the index and its digest, though images are missing');
    for (const side of ['both', 'source', 'target'] as const) addAccessFlags(command, side);
    return addChunkSize(command);
  };

  transferring(define('copy <source> <target>', 'copy an image with all its platforms'))
    .addHelpText('after', CONTENT_HELP)
    .action(async (source: string, target: string, options: Options) => {
      const { copy } = await import('./commands/transfer.ts');
      const { nameOneRegistry } = await import('./copy-places.ts');
      const { readBothAccess } = await import('./access.ts');
      await run(options, async (context) => {
        const access = await readBothAccess(options, nameOneRegistry(source, target));
        await copy(context, source, target, options as ChangeFlags & CopyFlags, access);
      });
    });

  transferring(
    selecting(define('sync <source> <target>', 'bring many tags or repositories to another place')),
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

  changing(reading('retag <reference> <tag>', 'give an image another tag')).action(
    async (reference: string, tag: string, options: Options) => {
      const { retag } = await import('./commands/transfer.ts');
      const access = await readAccess(options);
      await run(options, (context) => retag(context, reference, tag, options as ChangeFlags, access));
    },
  );

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
    .requiredOption('--rules <file>', 'the rules, in YAML')
    .option('--in-use <file>', 'what is in use stays, whatever the rules say; may be repeated', several)
    .option('--accept-side-effects', 'agree that tags no rule names go, or indexes break, as the plan says')
    .option('--confirm <name>', CONFIRM, several)
    .addHelpText('after', CLEANUP_HELP)
    .action(async (place: string, options: Options) => {
      const { cleanup } = await import('./commands/cleanup.ts');
      const access = await readAccess(options);
      await run(options, (context) => cleanup(context, place, options as unknown as CleanupFlags, access));
    });

  changing(reading('undo <id>', 'take back what an operation did to tags; operations shows its id')).action(
    async (id: string, options: Options) => {
      const { undo } = await import('./commands/undo.ts');
      const access = await readAccess(options);
      await run(options, (context) => undo(context, id, options as ChangeFlags, access));
    },
  );

  const trash = define('trash', 'show what is kept so that changes can be undone').action(
    async (options: Options) => {
      const { showTrash } = await import('./commands/trash.ts');
      await run(options, showTrash);
    },
  );
  changing(
    trash
      .command('empty')
      .description('remove it: what was deleted can then be undone no more')
      .option('--json', 'print one JSON document')
      .option('--content', 'only blobs that were kept; manifests stay'),
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
  const one = (usage: string, description: string) =>
    operations.command(usage).description(description).option('--json', 'print one JSON document');
  const resume = one('resume [id]', 'go on with all transfers that were stopped, or with the one named');
  for (const side of ['both', 'source', 'target'] as const) addAccessFlags(resume, side);
  addChunkSize(resume);
  resume.action(async (id: string | undefined, options: Options) => {
    const { resumeOperations } = await import('./commands/operations.ts');
    await run(options, (context) => resumeOperations(context, id, options));
  });
  one('cancel <id>', 'cancel one, also where another window or command runs it').action(
    async (id: string, options: Options) => {
      const { cancelOperation } = await import('./commands/operations.ts');
      await run(options, (context) => cancelOperation(context, id));
    },
  );

  addAuditCommands(program, run, limitNumber);

  reading('login <host>', 'sign in and keep it in the keychain').action(
    async (host: string, options: Options) => {
      const { login } = await import('./commands/accounts.ts');
      const access = await readAccess(options);
      await run(options, (context) => login(context, host, access));
    },
  );

  define('logout <host>', 'forget the sign-in of a registry')
    .option('--username <name>', 'of this user only')
    .action(async (host: string, options: Options & { username?: string }) => {
      const { logout } = await import('./commands/accounts.ts');
      await run(options, (context) => logout(context, host, options.username));
    });

  const accounts = define('accounts', 'list the accounts').action(async (options: Options) => {
    const commands = await import('./commands/accounts.ts');
    await run(options, commands.accounts);
  });
  const ofAccounts = (usage: string, description: string) =>
    accounts.command(usage).description(description).option('--json', 'print one JSON document');
  for (const [name, readOnly] of [
    ['lock', true],
    ['unlock', false],
  ] as const)
    ofAccounts(`${name} <host>`, readOnly ? 'lock a registry read-only' : 'let it be changed again').action(
      async (host: string, options: Options) => {
        const { lockRegistry } = await import('./commands/locks.ts');
        await run(options, (context) => lockRegistry(context, host, readOnly));
      },
    );
  ofAccounts(
    'protect <host> [patterns...]',
    'protect tags from being moved and deleted, or list the patterns',
  )
    .option('--remove', 'protect them no longer')
    .addHelpText('after', PROTECT_HELP)
    .action(async (host: string, patterns: string[], options: Options & { remove?: boolean }) => {
      const { protectTags } = await import('./commands/locks.ts');
      await run(options, (context) => protectTags(context, host, patterns, options.remove === true));
    });

  define('settings [name] [value]', 'list the settings, show one, or change it').action(
    async (name: string | undefined, value: string | undefined, options: Options) => {
      const { showSettings } = await import('./commands/settings.ts');
      await run(options, (context) => showSettings(context, name, value));
    },
  );

  define('approve [hosts...]', 'approve hosts that registries send us to, or list those approved')
    .option('--remove', 'approve them no longer')
    .addHelpText('after', APPROVE_HELP)
    .action(async (hosts: string[], options: Options & { remove?: boolean }) => {
      const { approve } = await import('./commands/approve.ts');
      await run(options, (context) => approve(context, hosts, options.remove === true));
    });

  addLocalCommands(define, changing, run, portNumber);

  program
    .command('completion')
    .description('print the script that completes commands in a shell')
    .addArgument(new Argument('<shell>', 'which one').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
    .addHelpText('after', COMPLETION_HELP)
    .action(async (shell: Shell) => {
      const { completion } = await import('./commands/completion.ts');
      await completion(program, shell);
    });

  program
    .command('serve')
    .description('serve the app for a browser on this machine until Ctrl+C')
    .option('--port <number>', 'the port to use', portNumber)
    .option('--no-open', 'print the address only')
    .action(async ({ port, open }: { port?: number; open: boolean }) => {
      const { runBrowserHost } = await import('../browser/run.ts');
      await runBrowserHost({ port, open, signal });
    });

  return program;
}

/** In a dry run a command that plans shows its plan; what starts something all the same is refused by the services. */
function onlyPlan(program: Command, command: Command): void {
  if (program.opts().dryRun === true) process.env[DRY_RUN] = '1';
  const isPlanning = command.options.some(({ long }) => long === '--plan');
  if (wantsDryRun(process.env) && isPlanning) command.setOptionValue('plan', true);
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

/** Of what deletes. */
const CONFIRM = 'the name that is asked for where much goes, or all; may be repeated';

const SYNC_HELP = `
SOURCE is HOST, HOST/REPOSITORY or HOST/PATTERN, each of the latter also with :TAGPATTERN.
TARGET is HOST, where names stay the same, or HOST/PATH: for one source repository its name at
the target, for several what goes before their names. In patterns * matches anything but a
slash, ** anything. What was copied before is not sent again; after Ctrl+C or a crash run
the command again, or "wharfinger operations resume". Either may be a place outside registries,
without a tag: a layout takes the tags of one repository as they are, of several with their names.`;

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
Files that rules name are looked for beside FILE. Exits with 1 where a repository could not be looked at,
which is left as it is.`;

const APPROVE_HELP = `
HOST is HOST or HOST:PORT. A registry that names an approved host as its token service is believed: the
sign-in goes there. It may also stand on a private network. Addresses of cloud metadata stay refused.`;

const PROTECT_HELP = `
PATTERN is one of tags (v*, stable), in every repository, or REPOSITORIES:TAGS (team/**:prod-*). * matches
anything but a slash, ** anything. Whatever plans to move or delete such a tag leaves it out and says so.`;

const COMPLETION_HELP = `
  bash  source <(wharfinger completion bash), in ~/.bashrc
  zsh   source <(wharfinger completion zsh), in ~/.zshrc after compinit
  fish  wharfinger completion fish | source, in ~/.config/fish/config.fish`;

/** An option that may be repeated. */
function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function limitNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > 500)
    throw new InvalidArgumentError('It is not a number between 1 and 500.');
  return Number(text);
}

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('It is not a port number.');
  return Number(text);
}
