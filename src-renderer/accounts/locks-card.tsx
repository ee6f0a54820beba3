import { Checkbox, Stack, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { Card } from '../ui/card.tsx';
import { useProtectTags, useSetReadOnly } from './queries.ts';

/** What is locked against changes here: all of it, or tags by pattern. Takes effect at once, for whatever is planned or runs. */
export function LocksCard({ account: { id, readOnly, protectedTags = [] } }: { account: Account }) {
  const { t } = useTranslation();
  const lock = useSetReadOnly();
  const protect = useProtectTags();
  return (
    <Card wide title={t('accounts.locks')} testId="locks">
      <Stack gap="sm">
        <Checkbox
          label={t('accounts.readOnly')}
          description={t('accounts.readOnlyHelp')}
          checked={readOnly}
          onChange={(event) => lock.mutate({ id, readOnly: event.currentTarget.checked })}
        />
        <TagsInput
          label={t('accounts.protectedTags')}
          description={t('accounts.protectedTagsHelp')}
          placeholder={protectedTags.length === 0 ? 'v*, stable, team/**:prod-*' : ''}
          value={protectedTags}
          onChange={(patterns) => protect.mutate({ id, protectedTags: patterns })}
          splitChars={[',', ' ', '\n']}
          acceptValueOnBlur
          maxTags={200}
        />
      </Stack>
    </Card>
  );
}
