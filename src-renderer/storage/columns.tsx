import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BaseFamily, Holder, RepositoryStorage, StoredItem } from '../../src-main/common/storage.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { formatCount } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { areTagsKnown, isSizeKnown } from './is-known.ts';
import { LastImage } from './last-image.tsx';
import { SplitBar } from './share.tsx';
import classes from './storage.module.css';

type Column<Item> = VirtualColumn<PagedRow<Item>>;

/** The main side sorts: rows are in order as they come. */
const asTheyCome = () => 0;

/** @param widest bytes of the longest bar */
export function useRepositoryColumns(
  accountId: string,
  widest: number,
): readonly Column<RepositoryStorage>[] {
  const { t, i18n } = useTranslation();
  return useMemo<readonly Column<RepositoryStorage>[]>(
    () => [
      {
        id: 'name',
        header: t('storage.repository'),
        width: 170,
        grow: 2,
        compare: asTheyCome,
        text: ({ item }) => item?.repository,
        cell: ({ item }) => (item ? <RepositoryLink accountId={accountId} name={item.repository} /> : '…'),
      },
      {
        id: 'exclusiveBytes',
        header: t('storage.exclusive'),
        width: 92,
        align: 'end',
        compare: asTheyCome,
        cell: ({ item }) => item && isSizeKnown(item) && <Bytes value={item.exclusiveBytes} />,
      },
      {
        id: 'bar',
        header: t('storage.share'),
        width: 90,
        grow: 1,
        cell: ({ item }) =>
          item && <SplitBar of={widest} unique={item.uniqueBytes} exclusive={item.exclusiveBytes} />,
      },
      {
        id: 'uniqueBytes',
        header: t('storage.unique'),
        width: 84,
        align: 'end',
        compare: asTheyCome,
        cell: ({ item }) => item && isSizeKnown(item) && <Bytes value={item.uniqueBytes} />,
      },
      {
        id: 'tags',
        header: t('storage.tags'),
        width: 64,
        align: 'end',
        compare: asTheyCome,
        cell: ({ item }) => item && areTagsKnown(item) && formatCount(item.tags, i18n.language),
      },
      {
        id: 'newest',
        header: t('storage.newest'),
        width: 104,
        cell: ({ item }) => item && <LastImage of={item} t={t} language={i18n.language} />,
      },
    ],
    [t, i18n.language, accountId, widest],
  );
}

export function useItemColumns(
  what: 'largest' | 'duplicates',
  onOpen: (digest: string) => void,
): readonly Column<StoredItem>[] {
  const { t, i18n } = useTranslation();
  return useMemo<readonly Column<StoredItem>[]>(
    () => [
      {
        id: 'size',
        header: t('storage.size'),
        width: 84,
        align: 'end',
        cell: ({ item }) => (item ? <Bytes value={item.size} /> : '…'),
      },
      ...(what === 'duplicates'
        ? [
            {
              id: 'copies',
              header: t('storage.copies'),
              width: 110,
              align: 'end',
              cell: ({ item }) => item && <Bytes value={item.size * (item.repositories - 1)} />,
            } satisfies Column<StoredItem>,
          ]
        : []),
      {
        id: 'kind',
        header: t('storage.kind'),
        width: 130,
        cell: ({ item }) => item && kindText(t, item.kind),
      },
      {
        id: 'holders',
        header: t('storage.heldBy'),
        width: 200,
        grow: 1,
        cell: ({ item }) =>
          item && (
            <LinkButton onClick={() => onOpen(item.digest)}>
              {t(item.moreTags ? 'storage.inMoreTags' : 'storage.inTags', {
                count: item.tags,
                formatted: formatCount(item.tags, i18n.language),
              })}
              {' · '}
              {t('storage.inRepositories', {
                count: item.repositories,
                formatted: formatCount(item.repositories, i18n.language),
              })}
            </LinkButton>
          ),
      },
      {
        id: 'digest',
        header: t('storage.digest'),
        width: 184,
        cell: ({ item }) => item && <Digest value={item.digest} />,
      },
    ],
    [t, i18n.language, what, onOpen],
  );
}

export function useFamilyColumns(onOpen: (family: BaseFamily) => void): readonly Column<BaseFamily>[] {
  const { t, i18n } = useTranslation();
  return useMemo<readonly Column<BaseFamily>[]>(
    () => [
      {
        id: 'tags',
        header: t('storage.heldBy'),
        width: 200,
        grow: 1,
        cell: ({ item }) =>
          item ? (
            <LinkButton onClick={() => onOpen(item)}>
              {t('storage.inTags', { count: item.tags, formatted: formatCount(item.tags, i18n.language) })}
              {' · '}
              {t('storage.inRepositories', {
                count: item.repositories,
                formatted: formatCount(item.repositories, i18n.language),
              })}
            </LinkButton>
          ) : (
            '…'
          ),
      },
      {
        id: 'images',
        header: t('storage.images'),
        width: 84,
        align: 'end',
        cell: ({ item }) => item && formatCount(item.images, i18n.language),
      },
      {
        id: 'layers',
        header: t('storage.layersInCommon'),
        width: 130,
        align: 'end',
        cell: ({ item }) => item && formatCount(item.base.length, i18n.language),
      },
      {
        id: 'size',
        header: t('storage.sizeInCommon'),
        width: 130,
        align: 'end',
        cell: ({ item }) => item && <Bytes value={item.size} />,
      },
      {
        id: 'base',
        header: t('storage.lastLayer'),
        width: 184,
        cell: ({ item }) => item && <Digest value={item.base.at(-1) ?? ''} />,
      },
    ],
    [t, i18n.language, onOpen],
  );
}

export function useHolderColumns(accountId: string): readonly Column<Holder>[] {
  const { t } = useTranslation();
  return useMemo<readonly Column<Holder>[]>(
    () => [
      {
        id: 'tag',
        header: t('storage.tag'),
        width: 160,
        grow: 1,
        text: ({ item }) => item?.tag,
        cell: ({ item }) => (item ? <TagLink accountId={accountId} holder={item} /> : '…'),
      },
      {
        id: 'repository',
        header: t('storage.repository'),
        width: 160,
        grow: 1,
        text: ({ item }) => item?.repository,
        cell: ({ item }) => item && <RepositoryLink accountId={accountId} name={item.repository} />,
      },
      {
        id: 'digest',
        header: t('storage.pointsAt'),
        width: 184,
        cell: ({ item }) => item && <Digest value={item.digest} />,
      },
    ],
    [t, accountId],
  );
}

function kindText(t: TFunction, kind: StoredItem['kind']): string {
  return kind === 'layer' || kind === 'config' || kind === 'other'
    ? t(`storage.kinds.${kind}`)
    : t('storage.manifestKind', { kind: t(`tags.kinds.${kind}`) });
}

function RepositoryLink({ accountId, name }: { accountId: string; name: string }) {
  return (
    <Link
      to="/registries/$accountId/tags"
      params={{ accountId }}
      search={{ repository: name }}
      className={classes.link}
      tabIndex={useTabIndex()}
    >
      {name}
    </Link>
  );
}

function TagLink({ accountId, holder: { repository, tag } }: { accountId: string; holder: Holder }) {
  return (
    <Link
      to="/registries/$accountId/image"
      params={{ accountId }}
      search={{ repository, reference: tag }}
      className={classes.link}
      tabIndex={useTabIndex()}
    >
      {tag}
    </Link>
  );
}
