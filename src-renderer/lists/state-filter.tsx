import { FilterChip } from '../ui/filter-chip.tsx';
import classes from './state-filter.module.css';

export interface StateFilterProps<Value extends string> {
  label: string;
  value: Value | undefined;
  options: readonly { value: Value | undefined; label: string; count: number | undefined }[];
  /** It is a line of its own; else one of several things in a bar. */
  alone?: boolean;
  onChange: (value: Value | undefined) => void;
}

/** Chips of which one is pressed: it says which rows of a table are shown. */
export function StateFilter<Value extends string>({
  label,
  value,
  options,
  alone = false,
  onChange,
}: StateFilterProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className={classes.filter} role="group" aria-label={label} data-alone={alone || undefined}>
      {options.map((option) => (
        <FilterChip
          key={option.value ?? ''}
          data-state={option.value ?? 'all'}
          pressed={option.value === value}
          count={option.count}
          disabled={option.count === 0 && option.value !== value && option.value !== undefined}
          onToggle={() => onChange(option.value)}
        >
          {option.label}
        </FilterChip>
      ))}
    </div>
  );
}
