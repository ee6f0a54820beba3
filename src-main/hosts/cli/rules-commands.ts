import { Argument, type Command, InvalidArgumentError } from 'commander';
import { RULE_FORMATS, type RuleFormat } from '../../common/rule-formats.ts';
import type { SaveFlags } from './commands/rules.ts';
import type { Defining, Options } from './defining.ts';

/** Cleanup rules that are saved for a registry. */
export function addRulesCommands({ define, run }: Defining): void {
  const rules = define(
    'rules',
    'list the cleanup rules that are saved for a registry; cleanup --saved runs them',
  )
    .argument('<host>', 'the registry')
    .action(async (host: string, options: Options) => {
      const { listRules } = await import('./commands/rules.ts');
      await run(options, (context) => listRules(context, host));
    });
  const one = (usage: string, description: string): Command => define(usage, description, rules);

  one('show <host> <name>', 'print the text of saved rules, or of an earlier version')
    .option('--at <version>', 'that version', versionNumber)
    .action(async (host: string, name: string, options: Options & { at?: number }) => {
      const { showRules } = await import('./commands/rules.ts');
      await run(options, (context) => showRules(context, host, name, options.at));
    });
  one('versions <host> <name>', 'list what they said before').action(
    async (host: string, name: string, options: Options) => {
      const { listVersions } = await import('./commands/rules.ts');
      await run(options, (context) => listVersions(context, host, name));
    },
  );
  one('save <host> <name> <file>', 'save rules, or another version of them; - is stdin')
    .option('--every <hours>', 'run them by themselves while the app is open; never: no more')
    .option('--delete', 'such a run deletes; else it makes its plan and says what it found')
    .option('--no-delete', 'it does not')
    .option('--at-most <tags>', 'a plan with more tags waits for consent (100)', tagNumber)
    .option('--kubeconfig <file>', 'for the clusters that the rules ask; "" for what kubectl takes by itself')
    .action(async (host: string, name: string, file: string, options: Options & SaveFlags) => {
      const { saveRules } = await import('./commands/rules.ts');
      await run(options, (context) => saveRules(context, host, name, file, options));
    });
  one(
    'restore <host> <name> <version>',
    'have them say again what they said then, as another version',
  ).action(async (host: string, name: string, version: string, options: Options) => {
    const { restoreRules } = await import('./commands/rules.ts');
    await run(options, (context) => restoreRules(context, host, name, versionNumber(version)));
  });
  one('remove <host> <name>', 'remove them with all their versions; no tag is touched')
    .option('-y, --yes', 'do it without asking')
    .action(async (host: string, name: string, options: Options & { yes?: boolean }) => {
      const { removeRules } = await import('./commands/rules.ts');
      await run(options, (context) => removeRules(context, host, name, options));
    });
  one(
    'schema',
    'print the JSON Schema of files of rules, by which editors complete them: # yaml-language-server: $schema=FILE',
  ).action(async (options: Options) => {
    const { printSchema } = await import('./commands/rules.ts');
    await run(options, printSchema);
  });
  one('import', 'print rules of another product as a file of ours; what is not the same is a warning')
    .addArgument(new Argument('<format>', 'what it is').choices(RULE_FORMATS))
    .argument('<file>', 'the file; - is stdin')
    .option('--for <place>', 'the project or repository it is for, where the file does not say it', '')
    .action(async (format: RuleFormat, file: string, options: Options & { for: string }) => {
      const { importRules } = await import('./commands/rules.ts');
      await run(options, (context) => importRules(context, format, file, options.for));
    });
}

function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is not the number of a version.');
  return Number(text);
}

function tagNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It is not a number of tags.');
  return Number(text);
}
