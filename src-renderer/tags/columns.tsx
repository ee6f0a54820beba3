import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { TagDetails } from '../../src-main/common/tag.ts';
import { AttachedChip } from '../ui/attached-chip.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { formatPlatform } from '../ui/format.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { PendingCell } from '../ui/pending-cell.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { platformSummary } from './platform-summary.ts';
import { compareCreated, compareNames, compareSizes, type TagRow } from './tag-rows.ts';
import classes from './tags.module.css';

export const sortableColumns = ['name', 'size', 'created'] as const;

export type OpenTagMenu = (row: TagRow, button: HTMLElement) => void;

/**
 * The columns of the tags table; their cells are given the words: asking `useTranslation` ten times in each row was most of what
 * a row cost while scrolling. The same array until the language, the repository or the room changes.
 */
export function useTagColumns(
  { accountId, repository }: RepositoryPlace,
  onMenu: OpenTagMenu,
  narrow: boolean,
): readonly VirtualColumn<TagRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('tags.name'),
        width: 120,
        grow: 2,
        compare: compareNames,
        text: ({ name }) => name,
        cell: ({ name }) => <TagLink place={{ accountId, repository }} name={name} />,
      },
      {
        id: 'kind',
        header: t('tags.kind'),
        width: 200,
        grow: 1,
        cell: (row) => <Detail row={row} show={(details) => <Kind t={t} details={details} />} failure={t} />,
      },
      {
        id: 'size',
        header: t('tags.size'),
        width: 76,
        align: 'end',
        compare: compareSizes,
        cell: (row) => <Detail row={row} show={({ size }) => <Bytes value={size} />} />,
      },
      {
        id: 'created',
        header: t('tags.created'),
        width: 104,
        compare: compareCreated,
        cell: (row) => (
          <Detail row={row} show={({ created }) => (created ? <RelativeTime value={created} /> : null)} />
        ),
      },
      // A narrow window has no room for it; a row's menu and its page have the digest too.
      ...(narrow ? [] : [digestColumn(t('tags.digest'))]),
      {
        id: 'siblings',
        header: t('tags.siblings'),
        width: 96,
        grow: 1,
        text: ({ siblings }) => siblings.join(', '),
        cell: ({ siblings }) => <span className={classes.siblings}>{siblings.join(', ')}</span>,
      },
      {
        id: 'menu',
        header: '',
        width: 28,
        align: 'end',
        cell: (row) => (
          <MoreButton
            label={t('tags.actions', { name: row.name })}
            onClick={(button) => onMenu(row, button)}
          />
        ),
      },
    ],
    [t, accountId, repository, onMenu, narrow],
  );
}

function digestColumn(header: string): VirtualColumn<TagRow> {
  return {
    id: 'digest',
    header,
    width: 172,
    cell: (row) => <Detail row={row} show={({ digest }) => <Digest value={digest} />} />,
  };
}

function TagLink({ place, name }: { place: RepositoryPlace; name: string }) {
  return (
    <Link
      to="/registries/$accountId/image"
      params={{ accountId: place.accountId }}
      search={{ repository: place.repository, reference: name }}
      className={classes.name}
      tabIndex={useTabIndex()}
    >
      {name}
    </Link>
  );
}

interface DetailProps {
  row: TagRow;
  show: (details: TagDetails) => React.ReactNode;
  /** The words here for why there are no details. */
  failure?: TFunction;
}

/** A cell that needs the details: a grey bar while they are on their way. */
function Detail({ row, show, failure: t }: DetailProps) {
  if (row.details) return show(row.details);
  if (!row.failure) return <PendingCell />;
  if (!t) return <span className={classes.quiet}>–</span>;
  const reason = t(`errors.${row.failure.code}.title`);
  return (
    <span data-hint={row.failure.reason ?? reason} className={classes.failed}>
      {t('tags.failed', { reason })}
    </span>
  );
}

function Kind({ t, details }: { t: TFunction; details: TagDetails }) {
  const { kind, platforms, attested, artifactType } = details;
  return (
    <span className={classes.kind}>
      {kind !== 'image' && (
        <span data-hint={artifactType ?? details.mediaType} className={classes.chip} data-kind={kind}>
          {t(`tags.kinds.${kind}`)}
        </span>
      )}
      {attested && <AttachedChip t={t} kind="attestation" />}
      <span className={classes.platforms} title={platforms.map(formatPlatform).join(', ')}>
        {platformSummary(platforms)}
      </span>
    </span>
  );
}
