import { Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { orpc } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';

/** Hours that are offered. */
const HOURS = [6, 24, 168] as const;

/** How often a registry is scanned without being asked; never, unless it is chosen. */
export function KeepFresh({ account: { id, keepFresh } }: { account: Account }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation(
    orpc.inventory.keepFresh.mutationOptions({
      onSuccess: () => void client.invalidateQueries({ queryKey: orpc.accounts.list.key() }),
      onError: toastFailure,
    }),
  );
  const hours = [...new Set([...HOURS, ...(keepFresh === undefined ? [] : [keepFresh])])].toSorted(
    (a, b) => a - b,
  );
  return (
    <Select
      size="xs"
      w={190}
      aria-label={t('storage.keepFresh.label')}
      allowDeselect={false}
      data={[
        { value: '', label: t('storage.keepFresh.never') },
        ...hours.map((each) => ({
          value: String(each),
          label:
            each % 24 === 0
              ? t('storage.keepFresh.days', { count: each / 24 })
              : t('storage.keepFresh.hours', { count: each }),
        })),
      ]}
      value={keepFresh === undefined ? '' : String(keepFresh)}
      onChange={(value) => change.mutate({ accountId: id, hours: value ? Number(value) : null })}
    />
  );
}
