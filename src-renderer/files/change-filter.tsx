import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FILE_CHANGES, type FileChange } from '../../src-main/engine/vocabulary/layers.ts';
import { FilterChip } from '../ui/filter-chip.tsx';
import { toggled } from '../ui/table-selection.ts';

export interface ChangeFilterProps {
  /** All where undefined. */
  value: ReadonlySet<FileChange> | undefined;
  onChange: (value: ReadonlySet<FileChange> | undefined) => void;
}

/** Which changes of a layer are shown. */
export function ChangeFilter({ value, onChange }: ChangeFilterProps) {
  const { t } = useTranslation();
  const shown = value ?? new Set(FILE_CHANGES);
  const toggle = (change: FileChange) => {
    const next = FILE_CHANGES.filter((each) => toggled(shown, change).has(each));
    onChange(next.length === FILE_CHANGES.length ? undefined : new Set(next));
  };
  return (
    <Group gap={6} role="group" aria-label={t('files.changesFilter')}>
      {FILE_CHANGES.map((change) => (
        <FilterChip key={change} pressed={shown.has(change)} onToggle={() => toggle(change)}>
          {t(`files.changes.${change}`)}
        </FilterChip>
      ))}
    </Group>
  );
}
