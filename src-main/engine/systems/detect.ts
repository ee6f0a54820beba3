import type { RegistryClient } from '../http/client.ts';
import type { SystemId } from '../vocabulary.ts';

/** What tells products apart: never decides about safety, only about what is offered and said. */
export interface Traces {
  /** `host[:port]` as in references. */
  host: string;
  /** Headers of a reply to `/v2/`. */
  header: (name: string) => string | undefined;
  tokenService: { realm: URL; service: string | undefined } | undefined;
}

export interface Detected {
  system: SystemId;
  /** Of the product, where it tells. */
  version?: string;
}

const HOSTS: readonly (readonly [RegExp, SystemId])[] = [
  [/^docker\.io$/, 'dockerHub'],
  [/^ghcr\.io$/, 'ghcr'],
  [/^quay\.io$/, 'quay'],
  [/^registry\.gitlab\.com$/, 'gitlab'],
  [/(?:^|\.)dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/, 'ecr'],
  [/^public\.ecr\.aws$/, 'ecr'],
  [/\.azurecr\.(?:io|cn|us)$/, 'acr'],
  [/-docker\.pkg\.dev$|^(?:[a-z]+\.)?gcr\.io$/, 'gar'],
  [/\.jfrog\.io$/, 'artifactory'],
];

/** What zot's `/v2/` allows its own pages to send; other registries have it from a proxy in front at most. */
const CORS_HEADER = 'access-control-allow-headers';

/** A zot before 2.0 tells nothing of itself there; this is when it is worth asking. */
export function mayBeZot({ system }: Detected, header: Traces['header']): boolean {
  return (system === 'distribution' || system === 'generic') && header(CORS_HEADER) !== undefined;
}

function systemOfHost(host: string): SystemId | undefined {
  const name = host.replace(/:\d+$/, '');
  return HOSTS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Told by host, then by headers of the product's own, then by its token service, then by how it speaks. */
export function detect({ host, header, tokenService }: Traces): Detected {
  const byHost = systemOfHost(host);
  if (byHost) return { system: byHost };
  const server = header('server') ?? '';
  if (server === 'wharfinger') return { system: 'wharfinger' };
  const nexus = /^nexus\/([\w.-]+)/i.exec(server);
  if (nexus) return { system: 'nexus', ...(nexus[1] ? { version: nexus[1] } : {}) };
  const gitlab = header('gitlab-container-registry-version');
  if (gitlab) return { system: 'gitlab', version: gitlab.slice(0, 50) };
  if (header('x-jfrog-version') ?? header('x-artifactory-id')) {
    const version = /artifactory[^\d]*([\d.]+)/i.exec(header('x-jfrog-version') ?? '')?.[1];
    return { system: 'artifactory', ...(version ? { version } : {}) };
  }
  const path = tokenService?.realm.pathname ?? '';
  const service = tokenService?.service ?? '';
  if (service === 'harbor-registry' || path === '/service/token') return { system: 'harbor' };
  if (path === '/jwt/auth' || service === 'container_registry') {
    return { system: path.endsWith('/v2/token') ? 'gitea' : 'gitlab' };
  }
  if (path.startsWith('/artifactory/api/docker')) return { system: 'artifactory' };
  if (path === '/oauth2/token' && service.endsWith('.azurecr.io')) return { system: 'acr' };
  if (/x-zot-api-client/i.test(header(CORS_HEADER) ?? '')) return { system: 'zot' };
  const plain = (header('docker-distribution-api-version') ?? '').startsWith('registry/2');
  return { system: plain ? 'distribution' : 'generic' };
}

const known = new WeakMap<RegistryClient, SystemId>();

/** What `/v2/` or the host's name told, for functions that go on well without knowing. */
export function knownSystem(client: RegistryClient): SystemId | undefined {
  return known.get(client) ?? systemOfHost(client.host);
}

export function rememberSystem(client: RegistryClient, system: SystemId): void {
  known.set(client, system);
  listeners.get(client)?.(system);
}

const listeners = new WeakMap<RegistryClient, (system: SystemId) => void>();

/** Told of the product behind a client when it is found, at once where the host's name tells; one listener for each client. */
export function onIdentified(client: RegistryClient, listener: (system: SystemId) => void): void {
  listeners.set(client, listener);
  const system = knownSystem(client);
  if (system !== undefined) listener(system);
}
