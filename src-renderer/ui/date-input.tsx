import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './date-input.module.css';
import { formatDate } from './format.ts';

export interface DateInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'placeholder'> {
  /** `2026-11-26`; empty: none. */
  value: string;
  onChange: (value: string) => void;
  /** What having none means. */
  placeholder: string;
}

/**
 * A day, shown as all other days of the app are. While it has the focus it is the browser's own field, with its order of parts
 * and its calendar, which no page can choose: typing and screen readers work as everywhere.
 */
export function DateInput({ value, onChange, placeholder, ...props }: DateInputProps) {
  const { i18n } = useTranslation();
  return (
    <TextInput
      {...props}
      type="date"
      classNames={{
        wrapper: classes.wrapper ?? '',
        section: classes.shown ?? '',
        input: classes.input ?? '',
      }}
      leftSection={
        <span aria-hidden data-empty={value === '' || undefined}>
          {value === '' ? placeholder : formatDate(value, i18n.language)}
        </span>
      }
      leftSectionPointerEvents="none"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
