import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type AnyRouter, useRouter } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../commands/use-commands.ts';

export interface FilterInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  value: string;
  /** Called behind the typing, so that filtering 50,000 rows never holds up a key. */
  onChange: (value: string) => void;
}

/** Instant filter of a list: `/` leads to it, Escape clears it. */
export function FilterInput({ value, onChange, ...props }: FilterInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const deferred = useDeferredValue(text);
  const reported = useRef(value);
  const input = useRef<HTMLInputElement>(null);
  const router = useRouter();
  // The URL (back, forward, a deep link) may change it from outside.
  useEffect(() => {
    if (value === reported.current) return;
    reported.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (deferred === reported.current || isLeaving(router)) return;
    reported.current = deferred;
    onChange(deferred);
  }, [deferred, onChange, router]);
  const label = props['aria-label'] ?? t('common.filter');
  useCommands([
    {
      id: 'page.filter',
      group: 'page',
      label,
      words: 'filter find search 筛选 过滤 查找',
      keys: ['/'],
      icon: IconSearch,
      run: () => input.current?.select(),
    },
  ]);
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

/** Another page is on its way: a filter that is written into the address now would lead back, or astray. */
function isLeaving({ latestLocation, state }: AnyRouter): boolean {
  return state.resolvedLocation !== undefined && state.resolvedLocation.pathname !== latestLocation.pathname;
}
