import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedFile, FileDifference } from '../../src-main/common/comparison.ts';
import { modeText } from '../files/mode.ts';
import { Choice } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes, formatExact, shortDigest } from '../ui/format.ts';
import classes from './comparison.module.css';
import { comparisonQueries, type Pair } from './queries.ts';
import { TextDiff } from './text-diff.tsx';

const VIEWS = ['split', 'unified'] as const;

export interface FileDialogProps {
  /** Images of one platform. */
  images: Pair;
  /** The layers of both were read too. */
  shared: boolean;
  file: FileDifference;
  onClose: () => void;
}

/** One file of both: its facts, and of a small text the lines. */
export function FileDialog({ images, shared, file, onClose }: FileDialogProps) {
  const { t, i18n } = useTranslation();
  const [view, setView] = useState<(typeof VIEWS)[number]>('split');
  const { path, left, right } = file;
  const isFile = [left, right].every((each) => !each || each.type === 'file' || each.type === 'hardlink');
  const text = useQuery({ ...comparisonQueries.text(images, path, shared), enabled: isFile });
  const facts = (of: ComparedFile) => ({
    type: t(`files.types.${of.type}`),
    size: formatBytes(of.size),
    mode: modeText(of),
    owner: `${of.uid}:${of.gid}`,
    link: of.link ?? '–',
    modified: of.modified === undefined ? '–' : formatExact(new Date(of.modified), i18n.language),
    content: of.sha256 === undefined ? '–' : shortDigest(of.sha256),
  });
  const [a, b] = [left && facts(left), right && facts(right)];
  const names = {
    type: t('comparison.kind'),
    size: t('image.size'),
    mode: t('files.mode'),
    owner: t('files.owner'),
    link: t('files.linkTo'),
    modified: t('files.modified'),
    content: 'SHA-256',
  };
  return (
    <Dialog opened wide onClose={onClose} title={path.slice(path.lastIndexOf('/') + 1)} place={`/${path}`}>
      <div className={classes.file}>
        {!isFile && <p className={classes.quiet}>{t('comparison.noText')}</p>}
        {isFile && text.isPending && <Skeleton height={160} />}
        {text.isError && <ErrorPanel error={text.error} onRetry={() => void text.refetch()} />}
        {text.data && text.data.kind !== 'text' && (
          <p className={classes.quiet}>{t(`comparison.${text.data.kind}`)}</p>
        )}
        {text.data?.kind === 'text' &&
          (text.data.hunks.length === 0 ? (
            <p className={classes.quiet}>{t('comparison.sameText')}</p>
          ) : (
            <>
              <Choice
                label={t('comparison.view')}
                value={view}
                options={VIEWS}
                name={(each) => t(`comparison.views.${each}`)}
                onChange={setView}
              />
              <TextDiff hunks={text.data.hunks} view={view} />
            </>
          ))}
        <table className={classes.table} aria-label={t('comparison.fileFacts')}>
          <thead>
            <tr>
              <th scope="col">{t('comparison.fact')}</th>
              <th scope="col">{t('comparison.left')}</th>
              <th scope="col">{t('comparison.right')}</th>
            </tr>
          </thead>
          <tbody>
            {(Object.keys(names) as (keyof typeof names)[])
              .filter((name) => name !== 'link' || left?.link !== undefined || right?.link !== undefined)
              .map((name) => (
                <tr key={name} data-differs={(a && b && a[name] !== b[name]) || undefined}>
                  <th scope="row">{names[name]}</th>
                  <td className={classes.mono}>{a?.[name] ?? '–'}</td>
                  <td className={classes.mono}>{b?.[name] ?? '–'}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
