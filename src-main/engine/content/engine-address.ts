import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RegistryError } from '../errors.ts';
import { onFiles } from './file-errors.ts';

/** Of what is read of the environment, what says where a container engine is. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface EngineAddress {
  origin: string;
  socket?: string;
  tls?: { ca: Buffer; cert: Buffer; key: Buffer; rejectUnauthorized: boolean };
}

/**
 * Where the container engine of this machine is: DOCKER_HOST or Podman's CONTAINER_HOST, else the first socket that is there of
 * Docker's and Podman's.
 *
 * @throws {RegistryError} `engineUnreachable` where there is none, `invalidAddress`
 */
export async function findEngine(environment: Environment): Promise<EngineAddress> {
  const configured = environment.DOCKER_HOST || environment.CONTAINER_HOST;
  if (configured) return await readAddress(configured, environment);
  for (const socket of socketsOf(environment)) {
    const there = await access(socket, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
    if (there) return { origin: 'http://localhost', socket };
  }
  throw new RegistryError('engineUnreachable', '', {
    reason: 'DOCKER_HOST is not set, and no socket of Docker or Podman is there.',
  });
}

function socketsOf(environment: Environment): string[] {
  const { XDG_RUNTIME_DIR: runtime, HOME: home } = environment;
  return [
    '/var/run/docker.sock',
    ...(home ? [join(home, '.docker/run/docker.sock'), join(home, '.docker/desktop/docker.sock')] : []),
    ...(runtime ? [join(runtime, 'docker.sock'), join(runtime, 'podman/podman.sock')] : []),
    ...(home ? [join(home, '.local/share/containers/podman/machine/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
}

/** @see docs.docker.com, "Docker CLI", "Environment variables" */
async function readAddress(text: string, environment: Environment): Promise<EngineAddress> {
  const [, scheme, rest = ''] = /^(unix|tcp|http|https|npipe):\/\/(.+)$/.exec(text) ?? [];
  if (scheme === 'unix') return { origin: 'http://localhost', socket: rest };
  if (scheme === 'npipe') return { origin: 'http://localhost', socket: rest.replaceAll('/', '\\') };
  const url = scheme && URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
  if (url?.username !== '' || url.pathname !== '/')
    throw new RegistryError('invalidAddress', '', {
      reason: 'DOCKER_HOST is unix://PATH or tcp://HOST:PORT; others are not reached from here.',
    });
  const verify = environment.DOCKER_TLS_VERIFY !== undefined && environment.DOCKER_TLS_VERIFY !== '';
  const folder = environment.DOCKER_CERT_PATH;
  if (!verify && scheme !== 'https') return { origin: `http://${url.host}` };
  if (!folder) return { origin: `https://${url.host}` };
  const [ca, cert, key] = await onFiles(() =>
    Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFile(join(folder, name)))),
  );
  if (!ca || !cert || !key) throw new TypeError('Three files were read.');
  return { origin: `https://${url.host}`, tls: { ca, cert, key, rejectUnauthorized: true } };
}
