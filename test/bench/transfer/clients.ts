import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isolatedEnvironment } from '../../support/app.ts';
import { startDockerRegistry } from './docker-registry.ts';
import type { Command } from './measure.ts';
import { startDiscard } from './own-servers.ts';
import { tinyImage } from './scenarios.ts';
import { RegistryStorage } from './storage.ts';
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

/** Each peer at its default and, where it has a flag, at `concurrency`. */
export function peersOf(tools: readonly Tool[], concurrency: number): Client[] {
  return tools.flatMap((tool): Client[] => {
    const { name } = tool;
    const client = (wanted: number | undefined): Client => ({
      name: wanted === undefined ? name : `${name}, ${wanted} at once`,
      tool: name,
      kinds: KINDS[name],
      prepare: (job, home) => prepare(tool, job, home, wanted),
    });
    return [client(undefined), ...(HAS_CONCURRENCY.has(name) ? [client(concurrency)] : [])];
  });
}

const KINDS: Readonly<Record<ToolName, readonly Job['kind'][]>> = {
  skopeo: ['copy', 'sync'],
  crane: ['copy', 'sync'],
  regctl: ['copy'],
  regsync: ['sync'],
  oras: ['copy'],
};

const HAS_CONCURRENCY: ReadonlySet<ToolName> = new Set(['crane', 'regctl', 'regsync', 'oras']);

/**
 * Whoever copies has used it before: the database is there, and V8's code cache.
 *
 * @param usedHome a home in which it was used; each run begins with a copy
 */
export function ourClient(usedHome: string): Client {
  return {
    name: 'wharfinger',
    tool: 'wharfinger',
    kinds: ['copy', 'sync'],
    async prepare(job, home) {
      // Not where a run that was killed goes on.
      if ((await readdir(home)).length === 0) await cp(usedHome, home, { recursive: true });
      return ourCommand(job, home);
    },
  };
}

/** A home in which ours has copied and synchronised a tiny image. */
export async function makeUsedHome(scratch: string): Promise<string> {
  const home = await mkdtemp(path.join(scratch, 'used-'));
  await using stack = new AsyncDisposableStack();
  const storage = new RegistryStorage(await mkdtemp(path.join(scratch, 'tiny-')));
  const source = stack.adopt(await startDockerRegistry(storage.folder), (server) => server.close());
  const target = stack.adopt(await startDiscard(), (server) => server.close());
  await tinyImage(storage);
  const sides = { from: `127.0.0.1:${source.port}`, to: `127.0.0.1:${target.port}` };
  const jobs: readonly Job[] = [
    { ...sides, kind: 'copy', source: 'bench/tiny:v1', target: 'copied/tiny:v1' },
    { ...sides, kind: 'sync', folder: 'bench', repositories: ['bench/tiny'] },
  ];
  for (const job of jobs) {
    const { program, args, env } = await ourCommand(job, home);
    await run(program, args, { env });
  }
  return home;
}

function ourCommand(job: Job, home: string): Promise<Command> {
  const words =
    job.kind === 'copy'
      ? ['copy', `${job.from}/${job.source}`, `${job.to}/${job.target}`]
      : ['sync', ...rangesOf(job)];
  return command(process.execPath, [cli, ...words, '--yes', '--json'], home);
}

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
