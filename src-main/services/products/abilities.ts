import type { FieldValues, Resource } from '../../common/product.ts';
import type { Jobs, Resource as ProductResource, Registry, Resources } from '../../engine/index.ts';
import type { ResourceKind } from '../../engine/resource-kinds.ts';
import type { JobKind } from '../../engine/vocabulary/jobs.ts';
import { ServiceError } from '../errors.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** @throws ServiceError `unsupported` where the product has none; {RegistryError} */
export async function resourcesOf(
  { identification }: RegistryHandle,
  kind: ResourceKind,
  { signal }: CallOptions,
): Promise<Resources> {
  const { abilities } = await identification.registry({ signal });
  const found = abilities.resources?.[kind];
  // Each kind's fields are checked against its table before they get here.
  if (found) return found as unknown as Resources;
  throw new ServiceError('unsupported', `This registry has no "${kind}" that can be managed from here.`);
}

/** @throws ServiceError `unsupported`; {RegistryError} */
export async function jobsOf(
  { identification }: RegistryHandle,
  job: JobKind,
  { signal }: CallOptions,
): Promise<Jobs> {
  const { abilities } = await identification.registry({ signal });
  const found = abilities.jobs?.[job];
  if (found) return found;
  throw new ServiceError('unsupported', `This registry runs no "${job}" when it is asked by its API.`);
}

type Single = 'self' | 'advice' | 'scans' | 'notes' | 'audit' | 'search' | 'replicator';

/** One of the abilities that a product has once. @throws ServiceError `unsupported`; {RegistryError} */
export async function abilityOf<Name extends Single>(
  { identification }: RegistryHandle,
  name: Name,
  { signal }: CallOptions,
): Promise<NonNullable<Registry['abilities'][Name]>> {
  const { abilities } = await identification.registry({ signal });
  const found = abilities[name];
  if (found) return found;
  throw new ServiceError('unsupported', 'This registry does not say that by its API.');
}

export function resourceOf({ kind, id, name, project, fields, may }: ProductResource): Resource {
  return {
    kind,
    id,
    name,
    ...(project === undefined ? {} : { project }),
    fields: fields as FieldValues,
    may,
  };
}

/** The registry itself, or a project of it. */
export const placeOf = (project: string | undefined) => (project === undefined ? {} : { project });
