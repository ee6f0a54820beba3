import { Button, Switch } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './comparison.module.css';

export interface ViewBarProps {
  /** Absent where there is nothing else to show. */
  onlyDifferences?: boolean;
  onOnlyDifferences?: (only: boolean) => void;
  /** How many values look like secrets. */
  secrets?: number;
  reveals?: boolean;
  onReveals?: (reveals: boolean) => void;
  children?: ReactNode;
}

/** Above what is compared: what of it is shown. */
export function ViewBar(props: ViewBarProps) {
  const { onlyDifferences, onOnlyDifferences, secrets = 0, reveals = false, onReveals, children } = props;
  const { t } = useTranslation();
  if (!onOnlyDifferences && secrets === 0 && !children) return null;
  const Eye = reveals ? IconEyeOff : IconEye;
  return (
    <div className={classes.bar}>
      {onOnlyDifferences && (
        <Switch
          size="sm"
          label={t('comparison.onlyDifferences')}
          checked={onlyDifferences ?? false}
          onChange={(event) => onOnlyDifferences(event.currentTarget.checked)}
        />
      )}
      {children}
      {secrets > 0 && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Eye size={14} />}
          aria-pressed={reveals}
          onClick={() => onReveals?.(!reveals)}
        >
          {reveals ? t('comparison.hideSecrets') : t('comparison.showSecrets', { count: secrets })}
        </Button>
      )}
    </div>
  );
}
