import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFilterText } from './use-filter-text.ts';

export interface FilterInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  value: string;
  /** Called behind the typing, so that filtering 50,000 rows never holds up a key. */
  onChange: (value: string) => void;
}

/** Instant filter of a list: `/` leads to it, Escape clears it. */
export function FilterInput({ value, onChange, ...props }: FilterInputProps) {
  const { t } = useTranslation();
  const label = props['aria-label'] ?? t('common.filter');
  const { text, setText, report, input } = useFilterText(value, onChange, label);
  return (
    <TextInput
      ref={input}
      size="xs"
      // Narrow before a line breaks, 260 where there is room.
      flex="1 1 140px"
      maw={260}
      placeholder={t('common.filter')}
      leftSection={<IconSearch size={14} aria-hidden />}
      {...props}
      aria-label={label}
      aria-keyshortcuts="/"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') report();
        if (event.key !== 'Escape' || text === '') return;
        event.stopPropagation();
        setText('');
      }}
      rightSection={
        text === '' ? null : (
          <CloseButton size="sm" aria-label={t('common.clearFilter')} onClick={() => setText('')} />
        )
      }
    />
  );
}
