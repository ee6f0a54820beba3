import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SplitBar } from '../storage/share.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatCount } from '../ui/format.ts';
import { MiddleText } from '../ui/middle-text.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './repositories.module.css';
import { splitName } from './rows.ts';
import { type SizedRow, sizeOf } from './sized-rows.ts';
import { type GroupRow, isGroup, type ListedRow } from './tree.ts';

export interface RepositoryColumnsOptions {
  accountId: string;
  /** Namespaces are rows: repositories are shown without them. */
  isTree: boolean;
  /** Bytes of the longest bar. */
  widest: number;
  narrow: boolean;
  onMenu: (row: SizedRow, button: HTMLElement) => void;
}

/** What can be sorted is sorted where the rows are made: see order.ts. */
const sorts = () => 0;

/** The columns of the repositories table; the same array until one of the options or the language changes. */
export function useRepositoryColumns(options: RepositoryColumnsOptions): readonly VirtualColumn<ListedRow>[] {
  const { accountId, isTree, widest, narrow, onMenu } = options;
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const count = (value: number | undefined) =>
      value === undefined ? undefined : formatCount(value, i18n.language);
    const atLeast = (group: GroupRow, shown: ReactNode) =>
      shown !== undefined &&
      shown !== false && (
        <span className={classes.sum}>
          {group.isPart && <span data-hint={t('repositories.partHelp')}>≥ </span>}
          {shown}
        </span>
      );
    const either =
      (ofGroup: (group: GroupRow) => ReactNode, ofRepository: (row: SizedRow) => ReactNode) =>
      (row: ListedRow) =>
        isGroup(row) ? ofGroup(row) : ofRepository(row);
    const none = () => null;
    const images: VirtualColumn<ListedRow> = {
      id: 'images',
      usuallyHidden: narrow,
      descendingFirst: true,
      header: t('repositories.images'),
      width: 62,
      align: 'end',
      compare: sorts,
      cell: either(
        (group) =>
          atLeast(
            group,
            group.images !== undefined && (
              <span data-hint={t('repositories.imagesHelp')}>{count(group.images)}</span>
            ),
          ),
        ({ storage }) => <span className={classes.quiet}>{count(storage?.images)}</span>,
      ),
    };
    const all: readonly VirtualColumn<ListedRow>[] = [
      {
        id: 'name',
        fixed: true,
        header: t('repositories.name'),
        width: 190,
        grow: 3,
        compare: sorts,
        cell: either(
          (group) => <GroupName t={t} group={group} language={i18n.language} />,
          (row) => <RepositoryName t={t} accountId={accountId} row={row} isTree={isTree} />,
        ),
      },
      {
        id: 'tags',
        descendingFirst: true,
        header: t('storage.tags'),
        width: 62,
        align: 'end',
        compare: sorts,
        cell: either(
          (group) => atLeast(group, count(group.tags)),
          ({ storage }) => count(storage?.tags),
        ),
      },
      images,
      {
        id: 'size',
        descendingFirst: true,
        header: t('storage.size'),
        width: narrow ? 82 : 150,
        align: 'end',
        compare: sorts,
        cell: either(
          (group) => atLeast(group, group.bytes === undefined ? undefined : <Bytes value={group.bytes} />),
          (row) => <Size row={row} widest={narrow ? 0 : widest} />,
        ),
      },
      {
        id: 'newest',
        descendingFirst: true,
        header: t('repositories.newest'),
        width: 104,
        compare: sorts,
        cell: either(
          ({ newestText }) =>
            newestText !== undefined && (
              <span className={classes.quiet}>
                <RelativeTime value={newestText} />
              </span>
            ),
          ({ storage }) => storage?.newest !== undefined && <RelativeTime value={storage.newest} />,
        ),
      },
      {
        id: 'newestTag',
        header: t('repositories.newestTag'),
        width: 150,
        grow: 2,
        compare: sorts,
        cell: either(none, (row) => <NewestTag t={t} accountId={accountId} row={row} />),
      },
      {
        id: 'menu',
        fixed: true,
        header: '',
        width: 28,
        align: 'end',
        cell: either(
          none,
          (row) =>
            !row.unusable && (
              <MoreButton
                label={t('common.rowActions', { name: row.name })}
                onClick={(button) => onMenu(row, button)}
              />
            ),
        ),
      },
    ];
    return all;
  }, [t, i18n.language, accountId, isTree, widest, narrow, onMenu]);
}

function GroupName({ t, group, language }: { t: TFunction; group: GroupRow; language: string }) {
  const { label, repositories } = group;
  return (
    <span className={classes.entry}>
      <IconChevronRight size={14} className={classes.chevron} aria-hidden />
      <strong dir="ltr" className={classes.group}>
        <MiddleText>{label}</MiddleText>
      </strong>
      <span className={classes.quiet}>
        {t('repositories.total', { count: repositories, formatted: formatCount(repositories, language) })}
      </span>
    </span>
  );
}

interface RepositoryProps {
  t: TFunction;
  accountId: string;
  row: SizedRow;
}

function RepositoryName({ t, accountId, row, isTree }: RepositoryProps & { isTree: boolean }) {
  const { name, unusable, addedByName } = row;
  const { namespace, base } = splitName(name);
  const tabIndex = useTabIndex();
  const text = (
    <>
      {!isTree && namespace !== '' && <span className={classes.namespace}>{namespace}</span>}
      <span className={classes.base}>
        <MiddleText>{base}</MiddleText>
      </span>
    </>
  );
  return (
    <span className={classes.entry} data-tree={isTree || undefined}>
      {unusable ? (
        <span dir="ltr" className={classes.unusable}>
          {text}
        </span>
      ) : (
        <Link
          to="/registries/$accountId/tags"
          params={{ accountId }}
          search={{ repository: name }}
          className={classes.name}
          {...(isTree && { 'aria-label': name })}
          dir="ltr"
          tabIndex={tabIndex}
        >
          {text}
        </Link>
      )}
      {unusable && (
        <Chip tone="warning" hint={t('repositories.unusableHelp')}>
          {t('repositories.unusable')}
        </Chip>
      )}
      {addedByName && <Chip>{t('repositories.addedByName')}</Chip>}
    </span>
  );
}

function Size({ row, widest }: { row: SizedRow; widest: number }) {
  const bytes = sizeOf(row);
  if (bytes === undefined || !row.storage) return null;
  return (
    <span className={classes.size}>
      <span className={classes.bar}>
        <SplitBar of={widest} unique={row.storage.uniqueBytes} exclusive={row.storage.exclusiveBytes} />
      </span>
      <Bytes value={bytes} />
    </span>
  );
}

/** One of the tags on the newest image, and what the repository holds. */
function NewestTag({ t, accountId, row: { name, storage } }: RepositoryProps) {
  const tabIndex = useTabIndex();
  if (!storage) return null;
  const { newestTag, kinds } = storage;
  return (
    <span className={classes.newest}>
      {newestTag !== undefined && (
        <Link
          to="/registries/$accountId/image"
          params={{ accountId }}
          search={{ repository: name, reference: newestTag }}
          className={classes.tag}
          style={{ minWidth: `${Math.min(6, newestTag.length)}ch` }}
          tabIndex={tabIndex}
        >
          <Chip mono tone="accent">
            <MiddleText>{newestTag}</MiddleText>
          </Chip>
        </Link>
      )}
      {kinds.map((kind) => (
        <Chip key={kind}>{t(`repositories.kinds.${kind}`)}</Chip>
      ))}
    </span>
  );
}
