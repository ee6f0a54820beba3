import { useTranslation } from 'react-i18next';
import classes from './image.module.css';

/** A table of names and values under a title; nothing where there are none. */
export function Pairs({ title, pairs }: { title: string; pairs: readonly (readonly [string, string])[] }) {
  const { t } = useTranslation();
  if (pairs.length === 0) return null;
  return (
    <section>
      <h2 className={classes.sectionTitle}>{title}</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" style={{ width: 290 }}>
              {t('image.key')}
            </th>
            <th scope="col">{t('image.value')}</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map(([name, value]) => (
            <tr key={`${name}=${value}`}>
              <th scope="row" className={classes.mono}>
                {name}
              </th>
              <td className={classes.mono}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
