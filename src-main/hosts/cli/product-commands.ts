import type { Command } from 'commander';
import { RESOURCE_ACTS, type ResourceAct, type ResourceKind } from '../../engine/resource-kinds.ts';
import type { JobKind } from '../../engine/vocabulary/jobs.ts';
import type { ChangeFlags } from './ask.ts';
import type { JobFlags } from './commands/product-jobs.ts';
import type { LabelFlags } from './commands/product-labels.ts';
import type { HandOverFlags } from './commands/product-replication.ts';
import type { ResourceFlags } from './commands/product-resources.ts';
import type { RetentionFlags } from './commands/product-retention.ts';
import type { FindingFlags, ScanFlags } from './commands/product-scan.ts';
import { type Defining, type Options, readAccess } from './defining.ts';
import { CONFIRM, several } from './option-values.ts';

/** A command for one kind of what a product manages, and for the work that goes with it. */
interface ProductCommand {
  usage: string;
  description: string;
  kind: ResourceKind;
  job?: JobKind;
  /** What may be done to one by this product; default: all. */
  acts?: readonly ResourceAct[];
  /** They may lie in a project. */
  inProjects?: true;
  /** Its runs have logs. */
  logs?: true;
  /** What it would delete is compared with rules of ours. */
  compares?: true;
  /** A saved sync can become one. */
  takesSyncs?: true;
}

const ACTS = {
  create: 'make one',
  change: 'change one, by its name or its id',
  delete: 'delete one, by its name or its id',
  renew: 'make the secret of one anew',
} as const satisfies Record<ResourceAct, string>;

const HARBOR: readonly Omit<ProductCommand, 'inProjects' | 'logs'>[] = [
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
    compares: true,
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
    takesSyncs: true,
  },
  {
    usage: 'endpoints <host>',
    description: 'other registries that it copies from and to, with their sign-ins: password=@FILE',
    kind: 'endpoint',
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

/** What is shown and not written from here. */
const SHOWN = { acts: [] } as const;

const NEXUS: readonly ProductCommand[] = [
  {
    usage: 'blobstores <host>',
    description: 'places of bytes with their sizes and quotas',
    kind: 'blobStore',
    ...SHOWN,
  },
  { usage: 'policies <host>', description: 'what it cleans up by itself', kind: 'cleanupPolicy', ...SHOWN },
  {
    usage: 'tasks <host>',
    description: 'tasks: those that free bytes first, in their order; a run',
    kind: 'task',
    job: 'task',
    ...SHOWN,
  },
];

const HUB: readonly ProductCommand[] = [
  {
    usage: 'namespaces [host]',
    description: 'the account’s own namespace and those of its organisations',
    kind: 'hubNamespace',
    ...SHOWN,
  },
  {
    usage: 'repositories [host]',
    description:
      'repositories of the account and its organisations; change what is written about one, and its immutable tags',
    kind: 'hubRepository',
    acts: ['change'],
  },
];

/** What products manage beside images, a command for each product. */
export function addProductCommands(defining: Defining): void {
  const { define, reading, changing, run } = defining;
  const harbor = define('harbor', 'manage what a Harbor has beside images');
  for (const command of HARBOR)
    addProductCommand(defining, harbor, { ...command, inProjects: true, logs: true });
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
  addInfo(defining, harbor);
  const nexus = define('nexus', 'see what a Nexus has beside images, and run its tasks');
  changing(reading('repositories <host>', 'Docker repositories, and where each is reached', nexus))
    .option(
      '--add [name]',
      'keep one, or all with an address of their own, as registries with the same sign-in',
    )
    .action(async (host: string, { add, ...options }: Options & { readonly add?: string | true }) => {
      const access = await readAccess(options);
      if (add === undefined) {
        const { productResources } = await import('./commands/product-resources.ts');
        await run(options, (context) => productResources(context, host, 'repository', {}, access));
        return;
      }
      const { addFound } = await import('./commands/nexus-repositories.ts');
      await run(options, (context) => addFound(context, host, { ...options, add }, access));
    });
  for (const command of NEXUS) addProductCommand(defining, nexus, command);
  addInfo(defining, nexus);
  const hub = define('hub', 'see and describe what an account has at Docker Hub');
  for (const command of HUB) addProductCommand(defining, hub, command);
  reading(
    'search <words...>',
    'public images of everybody, with those that are official or verified',
    hub,
  ).action(async (words: string[], options: Options) => {
    const { searchPublic } = await import('./commands/hub-search.ts');
    const access = await readAccess(options);
    await run(options, (context) => searchPublic(context, HUB_HOST, words.join(' '), access));
  });
}

function addInfo({ reading, run }: Defining, above: Command): void {
  reading('info <host>', 'version, health and numbers, as it says them itself', above).action(
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
  {
    usage,
    description,
    kind,
    job,
    acts = RESOURCE_ACTS,
    inProjects,
    logs,
    compares,
    takesSyncs,
  }: ProductCommand,
): void {
  const command = reading(usage, description, above);
  if (job || acts.length > 0) changing(command);
  if (inProjects) command.option('--project <name>', 'the project they are in');
  for (const act of acts) command.option(`--${act} <name>`, ACTS[act]);
  if (acts.length > 0)
    command
      .option('--set <field=value>', 'of one that is made or changed; "none" for no value; repeated', several)
      .option('--confirm <name>', CONFIRM, several)
      .addHelpText('after', HELP);
  if (job)
    command
      .option('--run [name]', 'run it, after showing what it would do')
      .option('--runs [name]', 'the latest runs')
      .option('--stop <run>', 'stop a run');
  if (compares)
    command.option(
      '--compare <rules>',
      'beside what saved rules of this registry would delete, by their name',
    );
  if (takesSyncs)
    command
      .option(
        '--from-sync <name>',
        'hand a saved sync over, by its name or its id; --set says what the rule does',
      )
      .option('--rule-name <name>', 'of the rule that --from-sync makes; default: as the sync')
      .option('--give-sign-in', "with --from-sync: send the other registry's user and password to this one");
  if (job && logs) command.option('--log <run>', 'what a run has logged');
  command.action(
    async (
      host: string | undefined,
      options: Options & ChangeFlags & JobFlags & ResourceFlags & HandOverFlags & RetentionFlags,
    ) => {
      const access = await readAccess(options);
      const at = host ?? HUB_HOST;
      if (job && [options.run, options.runs, options.log, options.stop].some((flag) => flag !== undefined)) {
        const { productJob } = await import('./commands/product-jobs.ts');
        await run(options, (context) => productJob(context, at, { job, kind }, options, access));
        return;
      }
      if (options.compare !== undefined) {
        const { compareRetention } = await import('./commands/product-retention.ts');
        await run(options, (context) => compareRetention(context, at, options, access));
        return;
      }
      if (options.fromSync !== undefined) {
        const { handSyncOver } = await import('./commands/product-replication.ts');
        await run(options, (context) => handSyncOver(context, at, options, access));
        return;
      }
      const { productResources } = await import('./commands/product-resources.ts');
      await run(options, (context) => productResources(context, at, kind, options, access));
    },
  );
}

/** Where a command of Docker Hub goes. */
const HUB_HOST = 'docker.io';

const HELP = `
Without a flag that changes something it lists them; --json shows the fields that --set takes. Lists are separated by commas.`;
