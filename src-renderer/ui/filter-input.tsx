import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface FilterInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  value: string;
  /** Called behind the typing, so that filtering 50,000 rows never holds up a key. */
  onChange: (value: string) => void;
}

/** Instant filter of a list; Escape clears it. */
export function FilterInput({ value, onChange, ...props }: FilterInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const deferred = useDeferredValue(text);
  const reported = useRef(value);
  // The URL (back, forward, a deep link) may change it from outside.
  useEffect(() => {
    if (value === reported.current) return;
    reported.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (deferred === reported.current) return;
    reported.current = deferred;
    onChange(deferred);
  }, [deferred, onChange]);
  return (
    <TextInput
      size="xs"
      // Narrow before a line breaks, 260 where there is room.
      flex="1 1 140px"
      maw={260}
      aria-label={t('common.filter')}
      placeholder={t('common.filter')}
      leftSection={<IconSearch size={14} aria-hidden />}
      {...props}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
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
