import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filter-chip.module.css';
import { formatCount } from './format.ts';

export interface FilterChipProps {
  pressed: boolean;
  onToggle: () => void;
  /** How many rows it leaves; nothing while that is not known. */
  count?: number | undefined;
  disabled?: boolean;
  /** What it leaves, for tests. */
  'data-state'?: string;
  children: ReactNode;
}

/** A button that narrows a list or widens it again; several stand in a row. */
export function FilterChip({
  pressed,
  onToggle,
  count,
  disabled = false,
  children,
  ...rest
}: FilterChipProps) {
  const { i18n } = useTranslation();
  return (
    <button
      {...rest}
      type="button"
      className={classes.chip}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onToggle}
    >
      {children}
      {count !== undefined && (
        <>
          {' '}
          <span className={classes.count}>{formatCount(count, i18n.language)}</span>
        </>
      )}
    </button>
  );
}
