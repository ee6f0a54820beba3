import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { clientReader, RegistryClient, type RegistryOptions } from '../../src-main/engine/index.ts';
import type { SystemId } from '../../src-main/engine/vocabulary/products.ts';
import { whenFinished } from '../support/cleanup.ts';
import type { CopySource, CopyTarget } from '../support/copy.ts';
import { type PushTarget, plainRequest } from '../support/push.ts';
import type { TokenService } from '../support/token-service.ts';

/**
 * What a set-up can do, and where it differs from the others. Every test runs against every set-up and expects what is
 * here; none is skipped.
 */
export interface Abilities {
  readonly system: SystemId;
  readonly signIn: 'none' | 'basic' | 'token';
  /** Its token service is its own, and nothing of that can be set by tests. */
  readonly ownTokenService?: true;
  /** Nobody has to sign in to read. */
  readonly readsAnonymously?: true;
  /** False: every deletion is refused as `unsupported`. */
  readonly delete: boolean;
  /** False: a deletion by tag is refused as `unsupported`, and a digest goes with all its tags. */
  readonly deleteTagAlone: boolean;
  /** False: the page size asked for is ignored, all tags come at once and unsorted. */
  readonly tagPages: boolean;
  /** Whether a repository whose last manifest was deleted stays in the catalog, then without tags. */
  readonly emptiedRepository: 'listed' | 'gone';
  /** What one repository holds every other holds as well. */
  readonly sharesBlobs?: true;
  /** What a tag pointed at goes when the tag moves and no other is on it. */
  readonly movedTagTakesManifest?: true;
  /** The tags of a repository whose manifests have none. */
  readonly untaggedRepository: 'empty' | 'notFound';
  /** `tag`: no API; the `sha256-<hex>` tag names the referrers. */
  readonly referrers: 'api' | 'tag';
  /** Whether it takes images of the first kind. */
  readonly schema1: boolean;
  /** Whether it keeps the bytes of an upload whose body was cut. */
  readonly keepsCutUploads: boolean;
}

/** A registry in one set-up, as the engine and the tests' plain client reach it. */
export interface TestedRegistry {
  /** Signed in as someone who may do everything. */
  readonly options: RegistryOptions;
  /** The same, for preparing and for looking without the engine. */
  readonly target: PushTarget;
  readonly tokenService?: TokenService;
  /** `METHOD /path?query` of every request it has logged so far. */
  requestLines(): readonly string[];
}

/** One column of the comparison: how to start it, and what to expect of it. */
export interface Setup {
  readonly abilities: Abilities;
  start(): Promise<TestedRegistry>;
}

/** What a section of the suite works with; the registry is there once its `beforeAll` has run. */
export interface Subject {
  readonly abilities: Abilities;
  registry(): TestedRegistry;
}

/** A client of the engine that closes when the test or the file ends. */
export function connect(registry: TestedRegistry, changes: Partial<RegistryOptions> = {}): RegistryClient {
  const client = new RegistryClient({ ...registry.options, ...changes });
  whenFinished(() => client.close());
  return client;
}

export function sourceIn(client: RegistryClient, repository: string, reference: string): CopySource {
  return { client, reader: clientReader(client), repository, reference };
}

export function targetIn(client: RegistryClient, repository: string, tag: string): CopyTarget {
  return { client, reader: clientReader(client), repository, tag };
}

/** A repository of its own for each test, so that tests do not see each other's. */
export function newRepository(name: string): string {
  return `conformance/${name}-${randomUUID().slice(0, 8)}`;
}

export async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

async function mark(registry: TestedRegistry): Promise<number> {
  // Gitea logs paths without the slash at their end.
  const marker = `?marker=${randomUUID()}`;
  await plainRequest(registry.target, `/v2/${marker}`);
  const position = () => registry.requestLines().findIndex((line) => line.includes(marker));
  await expect.poll(position, { timeout: 20_000 }).toBeGreaterThanOrEqual(0); // a log is written a moment after the answer
  return position();
}

/** The requests that the registry saw while `work` ran, as `METHOD /path?query`. */
export async function requestsDuring(
  registry: TestedRegistry,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const before = await mark(registry);
  await work();
  const after = await mark(registry);
  return registry.requestLines().slice(before + 1, after);
}
