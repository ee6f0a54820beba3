import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useLockReason } from '../accounts/lock.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/use-commands.ts';
import { downloadText } from '../saving/download-text.ts';
import { SelectionBar } from '../selection/selection-bar.tsx';
import type { Armed } from '../selection/use-armed.ts';
import { Freed } from '../storage/freed.tsx';
import { useSums } from '../storage/use-sums.ts';
import { formatCount } from '../ui/format.ts';
import { repositoriesCsv } from './csv.ts';
import type { SizedRow } from './sized-rows.ts';

/** Repositories named in one transfer, deleted and summed up at once. */
const COPIED_MAX = 200;
const DELETED_MAX = 50;
const SUMMED_MAX = 10_000;

export interface RepositorySelectionProps {
  account: Account;
  rows: readonly SizedRow[];
  armed: Armed;
  onDelete: (repositories: readonly string[]) => void;
  onClear: () => void;
}

/** What can be done with the repositories that are chosen. */
export function RepositorySelection({ account, rows, armed, onDelete, onClear }: RepositorySelectionProps) {
  const { t, i18n } = useTranslation();
  const lockReason = useLockReason();
  const navigate = useNavigate();
  const sums = useSums(account.id);
  const { names, hidden } = armed;
  const chosen = useMemo(
    () => (names.size === 0 ? [] : rows.filter(({ name }) => names.has(name))),
    [rows, names],
  );
  const choice = useMemo(() => ({ repositories: names, tags: new Set<string>() }), [names]);
  const formatted = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const isAny = names.size + hidden > 0;
  const nothing = isAny ? t('repositories.allHidden') : t('repositories.selectFirst');
  const none = names.size === 0 ? nothing : undefined;
  const tooMany = (most: number, key: 'tooManyToCopy' | 'tooManyToDelete') =>
    names.size > most ? t(`repositories.${key}`, formatted(most)) : undefined;
  const actions: readonly Command[] = [
    {
      id: 'repositories.copy',
      group: 'selection',
      label: t('repositories.copyTo'),
      keys: ['C'],
      reason: none ?? tooMany(COPIED_MAX, 'tooManyToCopy'),
      run: () =>
        void navigate({ to: '/transfers/new', search: { source: account.id, repository: [...names] } }),
    },
    sums(choice, none ?? tooMany(SUMMED_MAX, 'tooManyToCopy')),
    {
      id: 'repositories.export',
      group: 'selection',
      label: t('repositories.exportChosen'),
      reason: none,
      run: () =>
        downloadText(
          `${account.name}.csv`,
          'text/csv',
          repositoriesCsv(
            chosen,
            new Map(chosen.flatMap(({ name, storage }) => (storage ? [[name, storage] as const] : []))),
          ),
        ),
    },
    {
      id: 'repositories.delete',
      group: 'selection',
      label: t('repositories.delete'),
      keys: ['Delete'],
      danger: true,
      reason: lockReason(account) ?? none ?? tooMany(DELETED_MAX, 'tooManyToDelete'),
      run: () => onDelete([...names]),
    },
  ];
  // Without a choice there is no bar: its keys say what they wait for, and the overview has them.
  useCommands(isAny ? [] : actions);
  if (!isAny) return null;
  const tags = chosen.reduce((sum, { storage }) => sum + (storage?.tags ?? 0), 0);
  const unknown = chosen.filter(({ storage }) => !storage).length;
  return (
    <SelectionBar
      title={t('storage.counts.repositories', formatted(names.size))}
      summary={[
        ...(tags > 0 ? [t('storage.counts.tags', formatted(tags))] : []),
        ...(unknown > 0 ? [t('repositories.unknownTags', formatted(unknown))] : []),
        ...(names.size > 0 && names.size <= DELETED_MAX
          ? [<Freed key="freed" brief accountId={account.id} choice={choice} />]
          : []),
      ]}
      armed={armed}
      actions={actions}
      onClear={onClear}
    />
  );
}
