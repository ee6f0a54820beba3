import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndexEntry } from '../../src-main/common/image.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import classes from './image.module.css';
import { indexContents } from './index-entries.ts';
import { useChildName } from './platform-selector.tsx';

export interface IndexOverviewProps {
  entries: readonly IndexEntry[];
  /** Shows a child; absent where the index is itself a child. */
  onChoose: ((digest: string) => void) | undefined;
}

/** What an index lists: a line for each platform, with the attestations that speak of it. */
export function IndexOverview({ entries, onChoose }: IndexOverviewProps) {
  const { t } = useTranslation();
  const { children, loose } = useMemo(() => indexContents(entries), [entries]);
  const name = useChildName();
  const rows = [
    ...children.map((child) => ({ ...child, name: name(child) })),
    ...loose.map((entry) => ({ entry, name: t('image.attestationLoose'), attestations: [] })),
  ];
  return (
    <section>
      <h2 className={classes.sectionTitle}>{t('image.index.title')}</h2>
      <p className={classes.quiet}>
        {rows.length === 0 ? t('image.index.empty') : t('image.index.intro', { count: rows.length })}
      </p>
      {rows.length > 0 && (
        <div className={classes.scrollX}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('image.platform')}</th>
                <th scope="col" style={{ width: 110 }}>
                  {t('image.kind')}
                </th>
                <th scope="col" style={{ width: 210 }}>
                  {t('image.digest')}
                </th>
                <th scope="col" style={{ width: 110 }}>
                  {t('image.index.manifestSize')}
                </th>
                <th scope="col">{t('image.group.attestations')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, position) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an index may list a digest twice; its lines never move
                <tr key={`${row.entry.digest} ${position}`}>
                  <th scope="row">
                    <Choice
                      digest={row.entry.digest}
                      name={row.name}
                      onChoose={row.entry.kind === 'blob' ? undefined : onChoose}
                    />
                  </th>
                  <td>{t(`tags.kinds.${row.entry.kind}`)}</td>
                  <td>
                    <Digest value={row.entry.digest} />
                  </td>
                  <td>
                    <Bytes value={row.entry.size} />
                  </td>
                  <td>
                    <span className={classes.inline}>
                      {row.attestations.map((attestation) => (
                        <Choice
                          key={attestation.digest}
                          digest={attestation.digest}
                          name={t('image.attestationOf', { of: row.name })}
                          onChoose={onChoose}
                        />
                      ))}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Choice({
  digest,
  name,
  onChoose,
}: {
  digest: string;
  name: string;
  onChoose: ((digest: string) => void) | undefined;
}) {
  if (!onChoose) return name;
  return <LinkButton onClick={() => onChoose(digest)}>{name}</LinkButton>;
}
