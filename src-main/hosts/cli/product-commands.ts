import type { Command } from 'commander';
import type { JobKind, ResourceKind } from '../../engine/resource-kinds.ts';
import type { JobFlags } from './commands/product-jobs.ts';
import type { LabelFlags } from './commands/product-labels.ts';
import type { ResourceFlags } from './commands/product-resources.ts';
import type { FindingFlags, ScanFlags } from './commands/product-scan.ts';
import { type Defining, type Options, readAccess } from './defining.ts';
import { CONFIRM, several } from './option-values.ts';

/** A command for one kind of what a product manages, and for the work that goes with it. */
interface ProductCommand {
  usage: string;
  description: string;
  kind: ResourceKind;
  job?: JobKind;
}

const HARBOR: readonly ProductCommand[] = [
  { usage: 'projects <host>', description: 'list, make, change and delete projects', kind: 'project' },
  { usage: 'quotas <host>', description: 'list and change what projects may hold', kind: 'quota' },
  {
    usage: 'robots <host>',
    description: 'list, make, change, renew and delete robot accounts',
    kind: 'robot',
  },
  {
    usage: 'retention <host>',
    description: 'the retention of --project: its rules, a dry run, a run',
    kind: 'retentionRule',
    job: 'retention',
  },
  {
    usage: 'immutable <host>',
    description: 'rules of --project that keep tags as they are',
    kind: 'immutableRule',
  },
  {
    usage: 'replication <host>',
    description: 'rules that copy from and to other registries, and their runs',
    kind: 'replicationRule',
    job: 'replication',
  },
  { usage: 'labels <host>', description: 'labels of the registry, or of --project', kind: 'label' },
  {
    usage: 'scan-all <host>',
    description: 'the schedule by which everything is scanned, and a scan of everything',
    kind: 'scanSchedule',
    job: 'scanAll',
  },
  { usage: 'members <host>', description: 'who may do what in --project', kind: 'member' },
];

/** What products manage beside images, a command for each product. */
export function addProductCommands(defining: Defining): void {
  const { define, reading, changing, run } = defining;
  const harbor = define('harbor', 'manage what a Harbor has beside images');
  for (const command of HARBOR) addProductCommand(defining, harbor, command);
  changing(reading('gc <host>', 'garbage collection: its runs, its schedule, a run', harbor))
    .option('--run', 'collect now: a dry run is shown first')
    .option('--untagged', 'manifests without a tag, too')
    .option('--set <field=value>', 'change its schedule: cron=0 0 0 * * *, cron=none, untagged=true', several)
    .action(async (host: string, options: Options) => {
      const { harborCollection } = await import('./commands/harbor-gc.ts');
      const access = await readAccess(options);
      await run(options, (context) => harborCollection(context, host, options, access));
    });
  addScanCommands(defining, harbor);
  reading('info <host>', 'version, health and numbers, as it says them itself', harbor).action(
    async (host: string, options: Options) => {
      const { describeRegistry } = await import('./commands/product-self.ts');
      const access = await readAccess(options);
      await run(options, (context) => describeRegistry(context, host, access));
    },
  );
}

/** What its scanner finds in images, and the labels that they have. */
function addScanCommands({ reading, changing, run }: Defining, harbor: Command): void {
  reading('scan <reference>', 'have its scanner look at an image', harbor)
    .option('--sbom', 'have it make an SBOM instead')
    .option('--wait', 'until it has ended; then show what was found')
    .option('--stop', 'stop the scan that is under way')
    .action(async (reference: string, options: Options & ScanFlags) => {
      const { scanImage } = await import('./commands/product-scan.ts');
      const access = await readAccess(options);
      await run(options, (context) => scanImage(context, reference, options, access));
    });
  reading('vulnerabilities <reference>', 'what its scanner has found in an image', harbor)
    .option('--severity <least>', 'those alone that are as severe, or worse: critical, high, medium …')
    .option('--fixable', 'those alone that a newer version of the package repairs')
    .option('--against <tag>', 'compare with another tag of the repository: what is new, what is gone')
    .option('--fail-on <least>', 'exit code 3 where there is one as severe, or worse')
    .action(async (reference: string, options: Options & FindingFlags) => {
      const { vulnerabilities } = await import('./commands/product-scan.ts');
      const access = await readAccess(options);
      await run(options, (context) => vulnerabilities(context, reference, options, access));
    });
  changing(reading('label <reference>', 'the labels of an image: show, add, remove', harbor))
    .option('--add <label>', 'a label that there is; repeated', several)
    .option('--remove <label>', 'one that it has; repeated', several)
    .action(async (reference: string, options: Options & LabelFlags) => {
      const { labelImage } = await import('./commands/product-labels.ts');
      const access = await readAccess(options);
      await run(options, (context) => labelImage(context, reference, options, access));
    });
}

/** One kind of resources, and work, below a product's command. */
function addProductCommand(
  { reading, changing, run }: Defining,
  above: Command,
  { usage, description, kind, job }: ProductCommand,
): void {
  const command = changing(reading(usage, description, above))
    .option('--project <name>', 'the project they are in')
    .option('--create <name>', 'make one')
    .option('--change <name>', 'change one, by its name or its id')
    .option('--delete <name>', 'delete one, by its name or its id')
    .option('--renew <name>', 'make the secret of one anew')
    .option('--set <field=value>', 'of one that is made or changed; "none" for no value; repeated', several)
    .option('--confirm <name>', CONFIRM, several);
  if (job)
    command
      .option('--run [name]', 'run it, after showing what it would do')
      .option('--runs [name]', 'the latest runs')
      .option('--log <run>', 'what a run has logged');
  command
    .addHelpText('after', HELP)
    .action(async (host: string, options: Options & JobFlags & ResourceFlags) => {
      const access = await readAccess(options);
      if (job && [options.run, options.runs, options.log].some((flag) => flag !== undefined)) {
        const { productJob } = await import('./commands/product-jobs.ts');
        await run(options, (context) => productJob(context, host, { job, kind }, options, access));
        return;
      }
      const { productResources } = await import('./commands/product-resources.ts');
      await run(options, (context) => productResources(context, host, kind, options, access));
    });
}

const HELP = `
Without a flag that changes something it lists them; --json shows the fields that --set takes. Lists are separated by commas.`;
