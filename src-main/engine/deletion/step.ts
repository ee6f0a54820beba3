import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import type { TagWatch } from './tag-watch.ts';

/** One change of a deletion, journalled before and after it happens. */
export type DeleteStep = TagStep | ManifestStep;

/** A tag that goes alone. */
export interface TagStep {
  kind: 'deleteTag';
  tag: string;
  /** What it points at; that stays. */
  digest: string;
  /** Other tags of the digest; that they stay is checked afterwards. */
  siblings?: readonly string[];
  /** Id of the placeholder that takes it along, where the registry deletes by digest only. */
  placeholder?: string;
}

/** A manifest that goes with all its tags. */
export interface ManifestStep {
  kind: 'deleteManifest';
  digest: string;
  tags: readonly string[];
  /** What the registry deletes along with it by itself. */
  takes?: readonly { digest: string; tags: readonly string[] }[];
  /** Digests of what has to be gone before, since it points at this. */
  after?: readonly string[];
  /** What is attached to it and is not deleted: it loses its subject, and may be collected for that. */
  attached?: readonly string[];
}

export interface DeleteWork extends CallOptions {
  /** Called just before the first request that may change anything: what goes can be kept there. */
  keep?: (steps: readonly DeleteStep[]) => Promise<void>;
  /** Where tags were seen just now; they are not looked at again. */
  looked?: ReadonlyMap<string, string | undefined> | undefined;
  /** Of the repository, while several groups are run. */
  watch?: TagWatch | undefined;
}

/**
 * How a step ended. `untouched`: looking has shown that it changed nothing. `differs`: the registry has done something else than it said,
 * so that nothing of what is planned is certain.
 */
export type DeleteOutcome =
  | { result: 'deleted' | 'gone' }
  | { error: RegistryError; untouched: boolean; differs: boolean };

export function failed(error: RegistryError, { untouched = false, differs = false } = {}): DeleteOutcome {
  return { error, untouched, differs };
}

/** The registry's own no, which is believed where looking agrees. After a lost reply it may still do it. */
export function isRefusal({ status }: RegistryError): boolean {
  return status !== undefined && status >= 400 && status < 500;
}

export function moved(tag: string, now: string): RegistryError {
  return new RegistryError('conflict', '', {
    reason: `The tag ${tag} points at ${now} by now; it was not deleted.`,
  });
}

/** A status code was all there was to the deletion. */
export function kept(references: readonly string[]): RegistryError {
  const names = references.slice(0, 5).join(', ');
  return new RegistryError('registryFailed', '', {
    reason: `The registry said that ${names} was deleted, and still has it.`,
  });
}

/** The failure that a request ends with, or undefined. Whatever is no failure of the registry is thrown. */
export async function ended(request: Promise<unknown>): Promise<RegistryError | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (error instanceof RegistryError) return error;
    throw error;
  }
}
