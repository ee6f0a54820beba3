import { spawn } from 'node:child_process';
import { z } from 'zod';
import { redact } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';

/** A helper may ask a person or a cloud service; longer than this is not waited for. */
const HELPER_TIMEOUT = 20_000;
/** Tokens are a few kilobytes; lists of servers some more. */
const MAX_OUTPUT = 1024 * 1024;
/** Characters of a helper's own words that are shown: enough for a sentence or two. */
const MAX_WORDS = 300;
/** Strict, since it becomes a part of a program's name. */
const HELPER_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** What helpers print when they know nothing of a server. @see docker/docker-credential-helpers `errCredentialsNotFound` */
const NOT_FOUND = 'credentials not found in native keychain';
/** Docker's mark for a secret that is an identity token. */
const TOKEN_USER = '<token>';

const credentials = z.object({ Username: z.string(), Secret: z.string() });
const servers = z.record(z.string(), z.string());

export type FoundCredentials =
  | { kind: 'password'; username: string; password: string }
  | { kind: 'identityToken'; token: string };

export interface HelperOptions {
  environment: NodeJS.ProcessEnv;
  /** Milliseconds. */
  timeout?: number;
}

/**
 * Asks `docker-credential-<name>` for one server's credentials; undefined where it has none. Run without a shell, bounded in
 * time and output.
 *
 * @throws ServiceError `credentialHelper` if it is missing or fails: never a reason to look elsewhere (CVE-2021-41092)
 */
export async function helperGet(
  name: string,
  server: string,
  options: HelperOptions,
): Promise<FoundCredentials | undefined> {
  const { code, output, words } = await runHelper(name, 'get', server, options);
  if (code !== 0) {
    if (output.includes(NOT_FOUND)) return undefined;
    throw failed(name, 'it answered with an error', words);
  }
  const parsed = parse(name, output, credentials);
  if (parsed.Username === '' && parsed.Secret === '') return undefined;
  return parsed.Username === TOKEN_USER
    ? { kind: 'identityToken', token: parsed.Secret }
    : { kind: 'password', username: parsed.Username, password: parsed.Secret };
}

/** The servers a helper knows, with their user names. No secret is asked for. @throws ServiceError `credentialHelper` */
export async function helperList(name: string, options: HelperOptions): Promise<ReadonlyMap<string, string>> {
  const { code, output, words } = await runHelper(name, 'list', '', options);
  if (code !== 0) throw failed(name, 'it cannot list what it has', words);
  return new Map(Object.entries(parse(name, output, servers)));
}

function parse<T>(name: string, output: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(output));
  } catch {
    // No cause and no words: they quote the output, which holds the secret.
    throw failed(name, 'its answer cannot be understood');
  }
}

function failed(name: string, what: string, words = ''): ServiceError {
  const failure = `The credential helper docker-credential-${name} failed: ${what}`;
  return new ServiceError('credentialHelper', words === '' ? `${failure}.` : `${failure}: ${words}`);
}

/** Why a helper says it failed, on one line: on its standard output as Docker's do, else on its error output. */
function wordsOf(output: string, errors: string): string {
  const words = redact(output) || redact(errors);
  return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words;
}

async function runHelper(
  name: string,
  command: 'get' | 'list',
  input: string,
  { environment, timeout = HELPER_TIMEOUT }: HelperOptions,
): Promise<{ code: number | null; output: string; words: string }> {
  if (!HELPER_NAME.test(name)) {
    throw new ServiceError(
      'credentialHelper',
      'The configuration names a credential helper that is not a valid name.',
    );
  }
  const child = spawn(`docker-credential-${name}`, [command], {
    env: environment,
    shell: false,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let errors = '';
    const stop = (error: ServiceError) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      reject(error);
    };
    const timer = setTimeout(() => stop(failed(name, 'it did not answer in time')), timeout);
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = `The credential helper docker-credential-${name} is not installed.`;
      stop(
        error.code === 'ENOENT'
          ? new ServiceError('credentialHelper', missing)
          : failed(name, `it cannot be run (${error.code ?? 'unknown'})`),
      );
    });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_OUTPUT) stop(failed(name, 'it printed too much'));
      else chunks.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (errors.length < MAX_OUTPUT) errors += chunk;
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      const output = Buffer.concat(chunks).toString('utf8');
      resolve({ code, output, words: wordsOf(output, errors) });
    });
    // A helper may end without reading.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
