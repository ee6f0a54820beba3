import type { Resource } from '../../common/product.ts';
import type { ProductChangePlan, WantedChange } from '../../common/product-change.ts';
import type { ResourceForm } from '../../common/product-said.ts';
import type { ResourceKind } from '../../engine/resource-kinds.ts';
import type { ProductResources, ResourcesAt } from '../core/products.ts';
import { ServiceError } from '../errors.ts';
import type { Plans } from '../operations/plans.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { placeOf, resourceOf, resourcesOf } from './abilities.ts';
import { changeOf, plannedChanges } from './planned.ts';
import type { MadeSecrets } from './secrets.ts';

/** What products manage: read, and changed by plans. */
export const productResources = (plans: Plans, secrets: MadeSecrets): ProductResources => ({
  async *list(
    registry: RegistryHandle,
    kind: ResourceKind,
    { project, signal }: ResourcesAt = {},
  ): AsyncGenerator<Resource[], void, void> {
    const resources = await resourcesOf(registry, kind, { signal });
    for await (const page of resources.list(placeOf(project), signal)) yield page.map(resourceOf);
  },

  async read(
    registry: RegistryHandle,
    kind: ResourceKind,
    id: string,
    { signal }: CallOptions = {},
  ): Promise<Resource> {
    const resources = await resourcesOf(registry, kind, { signal });
    return resourceOf(await resources.read(id, signal));
  },

  async form(
    registry: RegistryHandle,
    kind: ResourceKind,
    { project, signal }: ResourcesAt = {},
  ): Promise<ResourceForm> {
    const resources = await resourcesOf(registry, kind, { signal });
    const place = placeOf(project);
    const may = resources.create ? await resources.mayCreate(place, signal) : 'unsupported';
    const choices = Object.entries((await resources.choices?.(place, signal)) ?? {});
    return { may, choices: Object.fromEntries(choices.map(([name, values = []]) => [name, [...values]])) };
  },

  async planChanges(
    registry: RegistryHandle,
    wanted: readonly WantedChange[],
    { signal }: CallOptions = {},
  ): Promise<ProductChangePlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const changes = [];
    for (const each of wanted) changes.push(await changeOf(registry, each, secrets, { signal }));
    return await plans.keep(plannedChanges(registry, changes));
  },
});
