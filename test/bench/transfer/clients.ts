import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isolatedEnvironment } from '../../support/app.ts';
import type { Command } from './measure.ts';
import type { Tool, ToolName } from './tools.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../../..');
const cli = path.join(root, 'dist/main/cli.js');

/** What a client is to do: one reference, or all tags of repositories that keep their names. */
export type Job =
  | {
      readonly kind: 'copy';
      readonly from: string;
      readonly to: string;
      readonly source: string;
      readonly target: string;
    }
  | {
      readonly kind: 'sync';
      /** `host:port` */
      readonly from: string;
      readonly to: string;
      /** All in one folder of names, at both sides. */
      readonly folder: string;
      readonly repositories: readonly string[];
    };

type JobOf<Kind extends Job['kind']> = Job & { readonly kind: Kind };

/** A program with one setting of its concurrency. */
export interface Client {
  readonly name: string;
  readonly tool: ToolName | 'wharfinger';
  readonly kinds: readonly Job['kind'][];
  /** Makes what it needs under `home`, a new folder that is its user's home. The job is of one of its kinds. */
  prepare(job: Job, home: string): Promise<Command>;
}

/** Ours, and each peer at its default and, where it has a flag, at `concurrency`. */
export function clientsOf(tools: readonly Tool[], concurrency: number): Client[] {
  const peers = tools.flatMap((tool): Client[] => {
    const { name } = tool;
    const client = (wanted: number | undefined): Client => ({
      name: wanted === undefined ? name : `${name}, ${wanted} at once`,
      tool: name,
      kinds: KINDS[name],
      prepare: (job, home) => prepare(tool, job, home, wanted),
    });
    return [client(undefined), ...(HAS_CONCURRENCY.has(name) ? [client(concurrency)] : [])];
  });
  return [ours, ...peers];
}

const KINDS: Readonly<Record<ToolName, readonly Job['kind'][]>> = {
  skopeo: ['copy', 'sync'],
  crane: ['copy', 'sync'],
  regctl: ['copy'],
  regsync: ['sync'],
  oras: ['copy'],
};

const HAS_CONCURRENCY: ReadonlySet<ToolName> = new Set(['crane', 'regctl', 'regsync', 'oras']);

export const ours: Client = {
  name: 'wharfinger',
  tool: 'wharfinger',
  kinds: ['copy', 'sync'],
  async prepare(job, home) {
    const words =
      job.kind === 'copy'
        ? ['copy', `${job.from}/${job.source}`, `${job.to}/${job.target}`]
        : ['sync', ...rangesOf(job)];
    // Whoever copies has used it before: the database is there, and V8's code cache.
    const before = await command(process.execPath, [cli, 'accounts', '--json'], home);
    await run(before.program, before.args, { env: before.env });
    return command(process.execPath, [cli, ...words, '--yes', '--json'], home);
  },
};

/** One repository is named at both sides; several are a pattern, and keep their names at a target that is a host alone. */
function rangesOf({ from, to, folder, repositories }: JobOf<'sync'>): string[] {
  const [only, ...others] = repositories;
  if (only !== undefined && others.length === 0) return [`${from}/${only}`, `${to}/${only}`];
  return [`${from}/${folder}/*`, to];
}

function prepare(tool: Tool, job: Job, home: string, concurrency: number | undefined): Promise<Command> {
  return job.kind === 'copy' ? copying(tool, job, home, concurrency) : syncing(tool, job, home, concurrency);
}

async function copying(
  { name, file }: Tool,
  { from, to, source, target }: JobOf<'copy'>,
  home: string,
  concurrency: number | undefined,
): Promise<Command> {
  const [src, dst] = [`${from}/${source}`, `${to}/${target}`];
  const atOnce = (flag: string) => (concurrency === undefined ? [] : [flag, String(concurrency)]);
  if (name === 'crane') return command(file, ['copy', src, dst, ...atOnce('--jobs')], home);
  if (name === 'skopeo') {
    return command(
      file,
      ['--insecure-policy', 'copy', '--all', ...SKOPEO_PLAIN, `docker://${src}`, `docker://${dst}`],
      home,
    );
  }
  if (name === 'oras') {
    const plain = ['--from-plain-http', '--to-plain-http', '--no-tty'];
    return command(file, ['cp', ...plain, ...atOnce('--concurrency'), src, dst], home);
  }
  const config = path.join(home, 'regctl.json');
  const host = { tls: 'disabled', ...(concurrency === undefined ? {} : { reqConcurrent: concurrency }) };
  await writeFile(config, JSON.stringify({ hosts: { [from]: host, [to]: host } }));
  return command(file, ['image', 'copy', src, dst], home, { REGCTL_CONFIG: config });
}

async function syncing(
  { name, file }: Tool,
  { from, to, folder, repositories }: JobOf<'sync'>,
  home: string,
  concurrency: number | undefined,
): Promise<Command> {
  if (name === 'crane') {
    const jobs = concurrency === undefined ? [] : ['--jobs', String(concurrency)];
    const lines = repositories.map((repository) =>
      ['exec "$0" copy --all-tags', ...jobs, `${from}/${repository}`, `${to}/${repository}`].join(' '),
    );
    // One process for each repository, one after another; the shell becomes the last.
    const script = lines.map((line, at) => (at === lines.length - 1 ? line : `(${line})`)).join(' && ');
    return command('sh', ['-c', script, file], home);
  }
  if (name === 'regsync') {
    const config = path.join(home, 'regsync.json');
    const limit = concurrency === undefined ? {} : { reqConcurrent: concurrency };
    const creds = [from, to].map((registry) => ({ registry, tls: 'disabled', ...limit }));
    const sync = repositories.map((repository) => ({
      source: `${from}/${repository}`,
      target: `${to}/${repository}`,
      type: 'repository',
    }));
    const defaults = concurrency === undefined ? {} : { parallel: concurrency };
    await writeFile(config, JSON.stringify({ version: 1, creds, defaults, sync })); // YAML includes JSON
    return command(file, ['once', '--config', config], home);
  }
  const list = path.join(home, 'skopeo.json');
  const images = Object.fromEntries(repositories.map((repository) => [repository, []]));
  await writeFile(list, JSON.stringify({ [from]: { 'tls-verify': false, images } }));
  const words = ['--insecure-policy', 'sync', '--all', '--src', 'yaml', '--dest', 'docker'];
  return command(file, [...words, '--dest-tls-verify=false', list, `${to}/${folder}`], home);
}

const SKOPEO_PLAIN = ['--src-tls-verify=false', '--dest-tls-verify=false'];

async function command(
  program: string,
  args: readonly string[],
  home: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Command> {
  await mkdir(path.join(home, 'user'), { recursive: true });
  const env = { ...isolatedEnvironment(home), DOCKER_CONFIG: path.join(home, 'docker'), ...more };
  return { program, args, env };
}
