import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { redact } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import type { CallOptions } from '../types.ts';
import { imagesIn, readInUse } from './in-use.ts';

/**
 * What runs, and what would run again without a change: a job between its runs has no pod, and a rollback goes to a replica set of
 * before.
 */
const KINDS =
  'pods,replicationcontrollers,replicasets.apps,deployments.apps,statefulsets.apps,daemonsets.apps,jobs.batch,cronjobs.batch';
const TIMEOUT = 120_000;
/** A line of klog: `E1126 15:42:39.689716   24941 memcache.go:265] …`. */
const LOGGED = /^[IWEF]\d{4} \d\d:/;
const OUTPUT_MAX = 400 * 1024 * 1024;

interface KubectlOptions extends CallOptions {
  /** A kubeconfig that the user chose; else the one that kubectl takes by itself. Never one that a file of rules names. */
  kubeconfig?: string | undefined;
}

/**
 * What a cluster runs, as a list of images that `readInUse` takes, by the user's own `kubectl` and kubeconfig: the one place where they
 * are used. All of it or a failure.
 *
 * @throws ServiceError `unsupported` where there is no kubectl, `invalidInput` with its own words where it fails
 */
export async function kubernetesInUse(context: string, options: KubectlOptions = {}): Promise<string> {
  const output = await kubectl(
    [`--context=${context}`, 'get', KINDS, '--all-namespaces', '--output=json', '--request-timeout=60s'],
    options,
  );
  const images = new Set<string>();
  for await (const image of imagesIn(output, options.signal)) images.add(image);
  const list = [...images].join('\n');
  await readInUse(list, options.signal);
  return list;
}

/** Names of the contexts that can be asked. @throws ServiceError as {@link kubernetesInUse} */
export async function kubernetesContexts(options: KubectlOptions = {}): Promise<string[]> {
  const output = await kubectl(['config', 'get-contexts', '--output=name'], options);
  return output.split(/\r?\n/).filter((line) => line !== '');
}

/** Without a shell: no name that it is given is read as anything else. */
async function kubectl(args: readonly string[], { kubeconfig, signal }: KubectlOptions): Promise<string> {
  const all = kubeconfig === undefined ? args : [`--kubeconfig=${kubeconfig}`, ...args];
  try {
    const { stdout } = await promisify(execFile)('kubectl', all, {
      timeout: TIMEOUT,
      maxBuffer: OUTPUT_MAX,
      windowsHide: true,
      ...(signal ? { signal } : {}),
    });
    return stdout;
  } catch (error) {
    signal?.throwIfAborted();
    throw failed(error);
  }
}

function failed(error: unknown): ServiceError {
  if (!(error instanceof Error)) return new ServiceError('invalidInput', 'kubectl failed.');
  const { code, killed, stderr } = error as Error & { code?: unknown; killed?: boolean; stderr?: string };
  if (code === 'ENOENT') return new ServiceError('unsupported', 'There is no kubectl on this machine.');
  if (killed) return new ServiceError('invalidInput', 'kubectl did not end in time, or said too much.');
  // Its log comes first, a line for each try; what it has to say in the end comes last.
  const said = (stderr ?? '').split('\n').filter((line) => !LOGGED.test(line));
  const words = said.join('\n').trim() || (stderr ?? '').trim();
  return new ServiceError('invalidInput', `kubectl: ${redact(words.slice(-500))}`);
}
