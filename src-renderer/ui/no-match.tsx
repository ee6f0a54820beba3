import { Button } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';

export interface NoMatchProps {
  title: string;
  /** Where was looked, and for what. */
  children: string;
  onClear: () => void;
}

/** A list has rows, but none that passes the filter. */
export function NoMatch({ title, children, onClear }: NoMatchProps) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconListSearch size={24} />}
      title={title}
      action={
        <Button variant="default" onClick={onClear}>
          {t('common.clearFilter')}
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}
