import { z } from 'zod';
import {
  differingFields,
  type FieldValues,
  fieldsOf,
  settableOf,
  withoutSecrets,
} from '../../common/product.ts';
import type { ProductChange, ProductChangePlan, ProductChangeSubject } from '../../common/product-change.ts';
import { productChangeItem } from '../../common/product-change.ts';
import { ServiceError } from '../errors.ts';
import type { PlanContext, Planned } from '../operations/kind.ts';
import { notedOf } from '../operations/steps.ts';
import { registryOf } from '../place-handle.ts';
import type { RegistryHandle } from '../types.ts';
import { resourcesOf } from './abilities.ts';
import { notesOf, plannedChanges } from './planned.ts';

/** What a step leaves: the id of what it made or changed. */
const changeResult = z.object({ id: z.string() });

/**
 * The plan that takes changes back, the last one first: what was made goes, what went is made again, what was changed is as it was.
 *
 * @throws ServiceError `unsupported` where nothing of it can be taken back
 */
export async function undoOf(
  { subject }: { subject: ProductChangeSubject },
  context: PlanContext,
): Promise<Planned<ProductChangeSubject, ProductChangePlan['summary']>> {
  const registry = registryOf([await context.at(subject.place, context.access.target)]);
  const changes: ProductChange[] = [];
  for await (const steps of context.steps())
    for (const { step, done, result } of steps) {
      const item = productChangeItem.safeParse(step).data;
      const change = item && subject.changes[item.at];
      if (!done || !change) continue;
      const back = await backOf(registry, change, result, context.signal);
      if (back) changes.unshift(back);
    }
  const hadSecrets = subject.changes.some(({ secrets }) => secrets !== undefined);
  const notes = [...notesOf(changes), ...anewOf(changes), ...lostOf(changes, hadSecrets)];
  if (changes.length > 0) return plannedChanges(registry, changes, notes);
  throw new ServiceError('unsupported', 'A secret that was renewed cannot be taken back.');
}

async function backOf(
  registry: RegistryHandle,
  { act, before, after: written, secrets: _, ...change }: ProductChange,
  result: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ProductChange | undefined> {
  if (act === 'renew') return undefined;
  const after = written && withoutSecrets(change.kind, written);
  if (act === 'delete')
    return { ...change, act: 'create', id: null, before: null, after: settableOf(change.kind, before ?? {}) };
  const id = notedOf(changeResult, result)?.id;
  if (act === 'change') {
    if (differingFields(change.kind, after, before).length === 0) return undefined;
    return { ...change, id: id ?? change.id, act, before: after, after: before };
  }
  if (id === undefined) return undefined;
  const resources = await resourcesOf(registry, change.kind, { signal });
  const { name, fields } = await resources.read(id, signal);
  return { ...change, name, act: 'delete', id, before: fields as FieldValues, after: null };
}

/** What is made again gets another secret than it had. */
function anewOf(changes: readonly ProductChange[]): ProductChangePlan['summary']['notes'] {
  return changes.some(({ act, kind }) => act === 'create' && 'permissions' in fieldsOf(kind))
    ? ['secretAnew']
    : [];
}

/** A secret that was written over is known to nobody: neither what is made again nor what is changed back has it. */
function lostOf(
  changes: readonly ProductChange[],
  hadSecrets: boolean,
): ProductChangePlan['summary']['notes'] {
  const holds = ({ kind }: ProductChange) =>
    Object.values(fieldsOf(kind)).some(({ type }) => type === 'secret');
  const isLost = ({ act }: ProductChange) => act === 'create' || (act === 'change' && hadSecrets);
  return changes.some((change) => holds(change) && isLost(change)) ? ['secretLost'] : [];
}
