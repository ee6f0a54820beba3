import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeletionPlan } from '../../src-main/contract/deletion.ts';
import { firstNames } from './plan-words.ts';

/** Tags named in the label. */
const NAMED = 3;

export interface WithAttachedProps {
  plan: DeletionPlan;
  onChange: (taken: boolean) => void;
}

/** Offers to delete the signatures of what goes and the tags that are about it. */
export function WithAttached({ plan: { attached }, onChange }: WithAttachedProps) {
  const { t } = useTranslation();
  const { list, more } = firstNames(attached.tags, NAMED);
  const tags = more > 0 ? t('deletion.andMore', { list, count: more }) : list;
  const what = [
    ...(attached.manifests > 0 ? [t('deletion.attachedManifests', { count: attached.manifests })] : []),
    ...(attached.tags.length > 0 ? [t('deletion.attachedTags', { count: attached.tags.length, tags })] : []),
  ];
  if (what.length === 0) return null;
  return (
    <Checkbox
      label={t('deletion.withAttached', { what: what.join(', ') })}
      checked={attached.taken}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
