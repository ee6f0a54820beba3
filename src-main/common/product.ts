import { z } from 'zod';
import {
  type Field,
  PERMISSIONS,
  RESOURCE_ACTS,
  RESOURCE_KINDS,
  type ResourceKind,
} from '../engine/resource-kinds.ts';

export const resourceKind = z.enum(Object.keys(RESOURCE_KINDS) as [ResourceKind, ...ResourceKind[]]);
export const permission = z.enum(PERMISSIONS);
const NAME_MAX = 512;
const TEXT_MAX = 64 * 1024;
const LIST_MAX = 2_000;

export const resourceName = z.string().min(1).max(NAME_MAX);

/** The fields of a kind, by name. */
export function fieldsOf(kind: ResourceKind): Readonly<Record<string, Field>> {
  return RESOURCE_KINDS[kind];
}

/** Stands for a secret in plans, operations and the record: that one is written, and not which. */
export const HIDDEN_SECRET = true;

/** A value of a field. */
const fieldValue = z.union([
  z.string().max(TEXT_MAX),
  z.number(),
  z.boolean(),
  z.array(z.string().max(NAME_MAX)).max(LIST_MAX).readonly(),
  z.null(),
]);
export type FieldValue = z.infer<typeof fieldValue>;

/** Values by their fields' names: null where there is none, absent where the product does not say. */
export const fieldValues = z.record(z.string().max(64), fieldValue);
export type FieldValues = z.infer<typeof fieldValues>;

/** Whether a value is one that its field may hold. */
export function fits({ type, choices }: Field, value: FieldValue): boolean {
  if (value === null) return true;
  switch (type) {
    case 'count':
      return Number.isSafeInteger(value);
    case 'bytes':
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case 'flag':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'choice':
      return typeof value === 'string' && choices?.includes(value) === true;
    case 'time':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'text':
    case 'secret':
      return typeof value === 'string' && !/[\r\n]/.test(value);
    case 'lines':
      return typeof value === 'string';
  }
}

/** Whether two values say the same; of a list the order does not count. */
export function isSameValue(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && new Set([...one, ...other]).size === new Set(one).size;
  return one === other;
}

/** Names of the fields that are otherwise after than before, in the order of their kind: what `after` does not say stays. */
export function differingFields(
  kind: ResourceKind,
  before: FieldValues | null,
  after: FieldValues | null,
): string[] {
  return Object.keys(fieldsOf(kind)).filter((name) => {
    const [one, other] = [before?.[name], after?.[name]];
    if (before === null || after === null) return (one ?? other ?? null) !== null;
    return other !== undefined && !isSameValue(one, other);
  });
}

/** Those that can be set, at whatever time. */
export function settableOf(kind: ResourceKind, values: FieldValues): FieldValues {
  const fields = fieldsOf(kind);
  return Object.fromEntries(Object.entries(values).filter(([name]) => fields[name]?.set !== 'never'));
}

/** Values without secrets, whose old ones nobody knows. */
export function withoutSecrets(kind: ResourceKind, values: FieldValues): FieldValues {
  const fields = fieldsOf(kind);
  return Object.fromEntries(Object.entries(values).filter(([name]) => fields[name]?.type !== 'secret'));
}

/** A resource as a product shows it. */
export const resource = z.object({
  kind: resourceKind,
  id: z.string().min(1).max(NAME_MAX),
  name: z.string().max(NAME_MAX),
  project: resourceName.exactOptional(),
  fields: fieldValues,
  may: z.partialRecord(z.enum(RESOURCE_ACTS), permission),
});
export type Resource = z.infer<typeof resource>;
