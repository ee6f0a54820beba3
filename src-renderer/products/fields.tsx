import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { type FieldValue, fieldsOf } from '../../src-main/common/product.ts';
import type { Field, FieldName, Permission, ResourceKind } from '../../src-main/engine/resource-kinds.ts';
import type { administration } from '../i18n/en/administration.ts';
import { formatBytes, formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';

/** A field of a kind, with its name. */
export interface NamedField extends Field {
  readonly name: FieldName<ResourceKind>;
}

/** In the order of their kind. */
export function namedFields(kind: ResourceKind): readonly NamedField[] {
  return Object.entries(fieldsOf(kind)).map(([name, field]) => ({
    ...field,
    name: name as FieldName<ResourceKind>,
  }));
}

/** Of kinds with more fields than a small window has room for: what is looked for first. The other columns can be chosen. */
const CHIEF: { readonly [K in ResourceKind]?: readonly FieldName<K>[] } = {
  project: ['public', 'storageLimit', 'repositories', 'role'],
  robot: ['expires', 'disabled', 'permissions'],
  retentionRule: ['keeps', 'amount', 'repositories', 'tags', 'disabled'],
  endpoint: ['url', 'provider', 'healthy'],
  replicationRule: ['from', 'to', 'names', 'trigger', 'enabled'],
  repository: ['type', 'online', 'url', 'blobStore'],
  task: ['type', 'state', 'result', 'last', 'next'],
  hubRepository: ['description', 'private', 'pulls', 'updated'],
};

export function isChief(kind: ResourceKind, field: string): boolean {
  const chief: readonly string[] | undefined = CHIEF[kind];
  return chief?.includes(field) ?? true;
}

/** A value in words; of a choice that it has words for. */
export function valueText(
  t: TFunction,
  language: string,
  { name, type }: Pick<NamedField, 'name' | 'type'>,
  value: FieldValue | undefined,
): string {
  if (value === undefined) return t('administration.unsaid');
  if (value === null) return t(type === 'time' ? 'administration.never' : 'administration.without');
  if (type === 'secret') return t('administration.secretGiven');
  if (typeof value === 'boolean') return t(value ? 'administration.yes' : 'administration.no');
  if (typeof value === 'number') return type === 'bytes' ? formatBytes(value) : formatCount(value, language);
  if (typeof value !== 'string') return value.join(', ');
  // One's role in a project is told as that of its members is.
  return type === 'choice' || name === 'role' ? choiceText(t, value) : value;
}

export function choiceText(t: TFunction, value: string): string {
  return t(`administration.choices.${value as keyof typeof administration.choices}`, { defaultValue: value });
}

export function shownValue(
  t: TFunction,
  language: string,
  field: NamedField,
  value: FieldValue | undefined,
): ReactNode {
  if (field.type === 'time' && typeof value === 'string') return <RelativeTime value={value} />;
  return valueText(t, language, field, value);
}

/** Why something may not be done; undefined where it may, or where only the registry knows. */
export function whyNot(t: TFunction, permission: Permission | undefined): string | undefined {
  if (permission === 'yes' || permission === 'unknown') return undefined;
  return t(`administration.why.${permission ?? 'unsupported'}`);
}
