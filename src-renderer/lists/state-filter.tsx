import { useTranslation } from 'react-i18next';
import { formatCount } from '../ui/format.ts';
import classes from './state-filter.module.css';

export interface StateFilterProps<Value extends string> {
  label: string;
  value: Value | undefined;
  options: readonly { value: Value | undefined; label: string; count: number | undefined }[];
  onChange: (value: Value | undefined) => void;
}

/** Buttons that choose which rows of a table are shown, with how many there are. */
export function StateFilter<Value extends string>({
  label,
  value,
  options,
  onChange,
}: StateFilterProps<Value>) {
  const { i18n } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className={classes.filter} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value ?? ''}
          type="button"
          className={classes.choice}
          aria-pressed={option.value === value}
          data-state={option.value ?? 'all'}
          disabled={option.count === 0 && option.value !== value && option.value !== undefined}
          onClick={() => onChange(option.value)}
        >
          {option.label}{' '}
          {option.count !== undefined && (
            <span className={classes.choiceCount}>{formatCount(option.count, i18n.language)}</span>
          )}
        </button>
      ))}
    </div>
  );
}
