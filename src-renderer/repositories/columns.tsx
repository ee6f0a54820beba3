import { IconChevronRight } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stringifySearch } from '../search-params.ts';
import { LastImage } from '../storage/last-image.tsx';
import { SplitBar } from '../storage/share.tsx';
import { aroundName } from '../ui/around-name.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatCount } from '../ui/format.ts';
import { MiddleText } from '../ui/middle-text.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { RowLink } from '../ui/row-link.tsx';
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
  /** When something was pushed is known of one at least. */
  isPushed: boolean;
  onOpen: (repository: string) => void;
  onOpenTag: (repository: string, tag: string) => void;
  onMenu: (row: SizedRow, button: HTMLElement) => void;
}

/** What can be sorted is sorted where the rows are made: see order.ts. */
const sorts = () => 0;

/** Not known, as long as nothing was read. */
const UNKNOWN = <span className={classes.quiet}>–</span>;

/** The columns of the repositories table; the same array until one of the options or the language changes. */
export function useRepositoryColumns(options: RepositoryColumnsOptions): readonly VirtualColumn<ListedRow>[] {
  const { accountId, isTree, widest, narrow, isPushed, onOpen, onOpenTag, onMenu } = options;
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const count = (value: number | undefined) =>
      value === undefined ? undefined : formatCount(value, i18n.language);
    const atLeast = (group: GroupRow, shown: ReactNode) =>
      shown === undefined || shown === false ? (
        UNKNOWN
      ) : (
        <span className={classes.sum}>
          {group.isPart && <span data-hint={t('repositories.partHelp')}>≥ </span>}
          {shown}
        </span>
      );
    const either =
      (ofGroup: (group: GroupRow) => ReactNode, ofRepository: (row: SizedRow, width: number) => ReactNode) =>
      (row: ListedRow, width: number) =>
        isGroup(row) ? ofGroup(row) : ofRepository(row, width);
    const none = () => null;
    const menuLabel = aroundName(t, 'common.rowActions');
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
        ({ storage }) => <span className={classes.quiet}>{count(storage?.images) ?? '–'}</span>,
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
          (row, width) => (
            <RepositoryName
              t={t}
              accountId={accountId}
              row={row}
              isTree={isTree}
              width={width}
              onOpen={onOpen}
            />
          ),
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
          ({ storage }) => count(storage?.tags) ?? UNKNOWN,
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
        header: t(isPushed ? 'repositories.lastPush' : 'repositories.newest'),
        width: 104,
        compare: sorts,
        cell: either(
          ({ last }) => (
            <span className={classes.quiet}>
              <LastImage of={last} t={t} language={i18n.language} />
            </span>
          ),
          ({ storage }) => <LastImage of={storage} t={t} language={i18n.language} />,
        ),
      },
      {
        id: 'newestTag',
        header: t('repositories.newestTag'),
        width: 150,
        grow: 2,
        compare: sorts,
        cell: either(none, (row) => <NewestTag t={t} accountId={accountId} row={row} onOpen={onOpenTag} />),
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
              <MoreButton label={menuLabel(row.name)} onClick={(button) => onMenu(row, button)} />
            ),
        ),
      },
    ];
    return all;
  }, [t, i18n.language, accountId, isTree, widest, narrow, isPushed, onOpen, onOpenTag, onMenu]);
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

/** Pixels of a character of a name, and of what is before it in a row of the deepest level. */
const CHARACTER = 7.6;
const BEFORE = 84;

interface RepositoryProps {
  t: TFunction;
  accountId: string;
  row: SizedRow;
}

interface RepositoryNameProps extends RepositoryProps {
  isTree: boolean;
  width: number;
  onOpen: (repository: string) => void;
}

function RepositoryName({ t, accountId, row, isTree, width, onOpen }: RepositoryNameProps) {
  const { name, unusable, addedByName } = row;
  const { namespace, base } = splitName(name);
  // What has room for certain needs nothing that cuts it: that is four boxes a row.
  const fits = !unusable && !addedByName && name.length * CHARACTER + BEFORE < width;
  const text = (
    <>
      {!isTree && namespace !== '' && <span className={classes.namespace}>{namespace}</span>}
      <span className={classes.base}>{fits ? base : <MiddleText>{base}</MiddleText>}</span>
    </>
  );
  return (
    <span className={classes.entry} data-tree={isTree || undefined}>
      {unusable ? (
        <span dir="ltr" className={classes.unusable}>
          {text}
        </span>
      ) : (
        <RowLink
          href={`/registries/${accountId}/tags${stringifySearch({ repository: name })}`}
          className={classes.name}
          label={isTree ? name : undefined}
          onOpen={() => onOpen(name)}
        >
          {text}
        </RowLink>
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
  if (bytes === undefined || !row.storage) return UNKNOWN;
  return (
    <span className={classes.size}>
      <span className={classes.bar}>
        <SplitBar of={widest} unique={row.storage.uniqueBytes} exclusive={row.storage.exclusiveBytes} />
      </span>
      <Bytes value={bytes} />
    </span>
  );
}

interface NewestTagProps extends RepositoryProps {
  onOpen: (repository: string, tag: string) => void;
}

/** One of the tags on the image that came last, and what the repository holds. */
function NewestTag({ t, accountId, row: { name, storage }, onOpen }: NewestTagProps) {
  if (!storage) return null;
  const { newestTag, kinds } = storage;
  return (
    <span className={classes.newest}>
      {newestTag !== undefined && (
        <RowLink
          href={`/registries/${accountId}/image${stringifySearch({ repository: name, reference: newestTag })}`}
          className={classes.tag}
          least={Math.min(6, newestTag.length)}
          onOpen={() => onOpen(name, newestTag)}
        >
          <Chip mono tone="accent">
            <MiddleText>{newestTag}</MiddleText>
          </Chip>
        </RowLink>
      )}
      {kinds.map((kind) => (
        <Chip key={kind}>{t(`repositories.kinds.${kind}`)}</Chip>
      ))}
    </span>
  );
}
