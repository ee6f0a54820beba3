import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './skeleton-rows.module.css';

/** Shares of a cell that look like values of differing lengths, the same at every render. */
const SHARES = ['62%', '44%', '71%', '52%', '80%', '38%', '58%'];

export interface SkeletonRowsProps {
  /** One for each column; an empty one has no bar. */
  columns: readonly { align?: 'start' | 'end'; header?: string }[];
  /** The columns' widths, as of the rows that will be there. */
  template: string;
  checkable?: boolean;
  rows?: number;
  /** Pixels of a row; else those of the settings. */
  height?: number | undefined;
}

/** Stands for the rows of a table while the first of them are on their way: its columns, its heights, its lines. */
export function SkeletonRows(props: SkeletonRowsProps) {
  const { columns, template, checkable = false, rows = 10, height } = props;
  const { t } = useTranslation();
  return (
    <div className={classes.rows} role="status" aria-busy="true">
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} className={classes.row} style={{ gridTemplateColumns: template, height }} aria-hidden>
          {checkable && <span className={classes.check} />}
          {columns.map(({ header, align }, column) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: so are the cells
              key={column}
              className={header === '' ? undefined : classes.bar}
              data-align={align}
              style={{ width: SHARES[(row * 3 + column * 5) % SHARES.length] }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
