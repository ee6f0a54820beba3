import { ActionIcon } from '@mantine/core';
import { IconDownload, IconFileExport, IconTag, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../lists/list-page.module.css';
import { ActionButton } from '../ui/action-button.tsx';
import { formatCount } from '../ui/format.ts';
import type { Change } from './tag-changes.tsx';

export interface TagToolbarProps {
  selected: ReadonlySet<string>;
  /** Why nothing may be changed here. */
  locked: string | undefined;
  onClear: () => void;
  onChange: (change: Change) => void;
}

/** What can be done with the tags chosen. */
export function TagToolbar({ selected, locked, onClear, onChange }: TagToolbarProps) {
  const { t, i18n } = useTranslation();
  const tags = [...selected];
  const nothing = tags.length === 0 ? t('tags.selectFirst') : undefined;
  return (
    <div className={classes.actions}>
      {tags.length > 0 && (
        <>
          <span className={classes.count} data-testid="selected">
            {t('tags.selected', { count: tags.length, formatted: formatCount(tags.length, i18n.language) })}
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            ml={-4}
            aria-label={t('tags.clearSelection')}
            data-hint={t('tags.clearSelection')}
            onClick={onClear}
          >
            <IconX size={14} />
          </ActionIcon>
        </>
      )}
      <ActionButton
        variant="default"
        leftSection={<IconTag size={14} />}
        reason={locked ?? nothing ?? (tags.length > 1 ? t('tags.selectOne') : undefined)}
        onClick={() => onChange({ kind: 'retag', tags })}
      >
        {t('tags.retag')}
      </ActionButton>
      <ActionButton
        variant="default"
        leftSection={<IconFileExport size={14} />}
        reason={nothing}
        onClick={() => onChange({ kind: 'copy', tags })}
      >
        {t('tags.copyTo')}
      </ActionButton>
      <ActionButton
        variant="default"
        leftSection={<IconDownload size={14} />}
        reason={nothing}
        onClick={() => onChange({ kind: 'save', tags })}
      >
        {t('saveImage.action')}
      </ActionButton>
      <ActionButton
        variant="light"
        color="red"
        leftSection={<IconTrash size={14} />}
        reason={locked ?? nothing}
        onClick={() => onChange({ kind: 'delete', tags })}
      >
        {t('tags.delete')}
      </ActionButton>
    </div>
  );
}
