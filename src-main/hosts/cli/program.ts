import { Argument, Command, CommanderError, type OutputConfiguration } from 'commander';
import { version } from '../../../package.json' with { type: 'json' };
import { DRY_RUN, wantsDryRun } from '../../common/dry-run.ts';
import { endSignal } from '../shared/end-signal.ts';
import { addAccessFlags } from './access-flags.ts';
import { addAccountCommands } from './account-commands.ts';
import { addAuditCommands } from './audit-commands.ts';
import type { Shell } from './commands/completion.ts';
import { addComparisonCommands } from './comparison-commands.ts';
import type { Defining } from './defining.ts';
import { addFindCommands } from './find-commands.ts';
import { addLocalCommands } from './local-commands.ts';
import { addOperationCommands } from './operation-commands.ts';
import { portNumber } from './option-values.ts';
import { beginOutput, endOutput, OutputFailure, print, report } from './output.ts';
import { addProductCommands } from './product-commands.ts';
import { addReadingCommands } from './reading-commands.ts';
import { addRemovingCommands } from './removing-commands.ts';
import { addRulesCommands } from './rules-commands.ts';
import { addTransferCommands } from './transfer-commands.ts';

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
    const { Different, EXIT, errorDocument, lineOf, outcomeOf } = await import('./failures.ts');
    if (error instanceof Different) {
      endOutput();
      return EXIT.different;
    }
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

  const define: Defining['define'] = (usage, description, above = program) =>
    above.command(usage).description(description).option('--json', 'print one JSON document');
  const defining: Defining = {
    define,
    reading: (usage, description, above) => addAccessFlags(define(usage, description, above)),
    changing: (command) =>
      command
        .option('--plan', 'show what would be done, and do nothing')
        .option('-y, --yes', 'do it without asking'),
    run: async (options, command) => {
      const { withCore } = await import('./context.ts');
      await withCore({ json: options.json === true, verbose: options.verbose === true, signal }, command);
    },
  };
  addReadingCommands(defining);
  addComparisonCommands(defining);
  addFindCommands(program, defining);
  addTransferCommands(defining);
  addRemovingCommands(defining);
  addRulesCommands(defining);
  addOperationCommands(defining);
  addAuditCommands(program, defining);
  addAccountCommands(defining);
  addLocalCommands(defining);
  addProductCommands(defining);

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

const COMPLETION_HELP = `
  bash  source <(wharfinger completion bash), in ~/.bashrc
  zsh   source <(wharfinger completion zsh), in ~/.zshrc after compinit
  fish  wharfinger completion fish | source, in ~/.config/fish/config.fish`;
