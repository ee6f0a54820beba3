import type { TFunction } from 'i18next';
import type { HistoryRow } from '../../src-main/common/audit.ts';

/** Changes of the app's own: of what reaches registries and protects them. */
const OWN_KINDS = ['account', 'settings', 'localRegistry', 'cleanupRules'] as const;
type OwnKind = (typeof OWN_KINDS)[number];

/** Fields that have words; others are called as they are. */
const FIELDS = [
  'name',
  'url',
  'signIn',
  'user',
  'verify',
  'authorities',
  'clientCertificate',
  'proxy',
  'readOnly',
  'protectedTags',
  'dryRun',
  'approvedHosts',
  'typeNameFrom',
  'typeNameInScripts',
  'keepContent',
  'keptDays',
  'keptGigabytes',
  'keptFolder',
  'trashDays',
  'trashMegabytes',
  'containers',
  'sparseIndexes',
  'password',
  'identityToken',
  'clientKey',
  'clientKeyPassphrase',
  'version',
  'digest',
  'everyHours',
  'deletes',
  'atMost',
  'kubeconfig',
] as const;

/** Values of fields that are choices: how one signs in, and through what. */
const CHOICES = ['anonymous', 'password', 'identityToken', 'system', 'none'] as const;

const EVENTS = ['added', 'changed', 'removed'] as const;

export function isOwnKind(kind: string | null): kind is OwnKind {
  return OWN_KINDS.some((each) => each === kind);
}

export function fieldWords(t: TFunction, field: string): string {
  const known = FIELDS.find((each) => each === field);
  return known === undefined ? field : t(`activity.fields.${known}`);
}

/** What was changed, in one line; undefined for what is none of the app's own. */
export function ownLine(
  t: TFunction,
  { kind, event, account, registry, settings }: HistoryRow,
): string | undefined {
  if (!isOwnKind(kind)) return undefined;
  const names = [...(settings?.fields.map(({ field }) => field) ?? []), ...(settings?.secrets ?? [])];
  const fields = names.map((name) => fieldWords(t, name)).join(t('activity.own.comma'));
  const known = EVENTS.find((each) => each === event) ?? 'changed';
  if (kind === 'cleanupRules')
    return t(`activity.own.cleanupRules.${known}`, {
      name: settings?.name ?? '',
      place: account?.name ?? registry ?? t('activity.unknown'),
      fields,
    });
  if (kind !== 'account') return t(`activity.own.${kind}`, { fields });
  const place = { name: account?.name ?? registry ?? '', registry: registry ?? '' };
  const [only] = settings?.fields ?? [];
  if (known === 'changed' && names.length === 1 && only?.field === 'readOnly')
    return t(only.after === true ? 'activity.own.locked' : 'activity.own.unlocked', place);
  return t(`activity.own.account.${known}`, { ...place, fields });
}

/** A value of a field as it is shown; undefined: there is none. */
export function valueText(t: TFunction, field: string, value: unknown): string | undefined {
  const choice = CHOICES.find((each) => each === value);
  if (choice !== undefined && (field === 'signIn' || field === 'proxy'))
    return t(`activity.own.choices.${choice}`);
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'boolean') return t(value ? 'activity.own.on' : 'activity.own.off');
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0 ? undefined : value.join(t('activity.own.comma'));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
