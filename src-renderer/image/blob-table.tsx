import { useTranslation } from 'react-i18next';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import classes from './image.module.css';

export interface BlobTableProps<Row> {
  title: string;
  rows: readonly Row[];
  /** What is known of a blob beside its digest and its size. */
  columns: readonly { header: string; width?: string; cell: (row: Row) => string }[];
  /** Said where there is no row. */
  none: string;
}

/** Blobs of a manifest, one a line, with digest and size. */
export function BlobTable<Row extends { digest: string; size: number }>(props: BlobTableProps<Row>) {
  const { title, rows, columns, none } = props;
  const { t } = useTranslation();
  return (
    <section>
      <h2 className={classes.sectionTitle}>{title}</h2>
      {rows.length === 0 ? (
        <span className={classes.quiet}>{none}</span>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map(({ header, width }) => (
                <th key={header} scope="col" style={{ width }}>
                  {header}
                </th>
              ))}
              <th scope="col" style={{ width: 210 }}>
                {t('image.digest')}
              </th>
              <th scope="col" className={classes.end} style={{ width: 100 }}>
                {t('image.size')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a manifest may list a blob twice; its lines never move
              <tr key={`${row.digest} ${position}`}>
                {columns.map(({ header, cell }) => (
                  <td key={header} className={classes.mono}>
                    {cell(row)}
                  </td>
                ))}
                <td>
                  <Digest value={row.digest} />
                </td>
                <td className={classes.end}>
                  <Bytes value={row.size} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
