import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '../accounts/queries.ts';
import { StateFilter } from '../lists/state-filter.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes, formatCount, shortDigest } from '../ui/format.ts';
import classes from './find.module.css';
import { FoundRow } from './found-row.tsx';
import { Group } from './group.tsx';
import { findQueries, isDigestText } from './queries.ts';
import { UnreadLayers } from './unread-layers.tsx';
import { useFiles } from './use-files.ts';

/** Files that are shown. */
const FILES_SHOWN = 100;

export function DigestResults({ text }: { text: string }) {
  const { t } = useTranslation();
  const digests = useQuery(findQueries.digests(text));
  if (!isDigestText(text)) return null;
  return (
    <Group title={t('find.digests')}>
      {digests.isError && <ErrorPanel error={digests.error} onRetry={() => void digests.refetch()} />}
      {digests.data?.items.length === 0 && <p className={classes.quiet}>{t('find.noDigest')}</p>}
      <ul className={classes.list}>
        {digests.data?.items.map(({ digest, kind, size }) => (
          <FoundRow
            key={`${kind} ${digest}`}
            of={{ digest }}
            tab={{ tab: kind === 'layer' || kind === 'diffId' ? 'layers' : undefined }}
            note={[t(`find.kinds.${kind}`), ...(size === undefined ? [] : [formatBytes(size)])].join(' · ')}
          >
            <span className={classes.mono} data-hint={digest}>
              {shortDigest(digest)}
            </span>
          </FoundRow>
        ))}
      </ul>
    </Group>
  );
}

export function TagResults({ text }: { text: string }) {
  const { t } = useTranslation();
  const found = useQuery(findQueries.tags(text));
  const names = new Map(useAccounts().data?.map(({ id, name }) => [id, name]));
  const places = found.data?.places.filter(({ accountId }) => names.has(accountId)) ?? [];
  const waiting = found.data?.waiting ?? 0;
  return (
    <Group
      title={t('find.tags')}
      {...(waiting > 0 ? { note: t('palette.waiting', { count: waiting, formatted: String(waiting) }) } : {})}
    >
      {found.isError && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && places.length === 0 && <p className={classes.quiet}>{t('find.noTag')}</p>}
      <ul className={classes.list}>
        {places.map(({ accountId, repository, tag }) => (
          <li key={`${accountId} ${repository}:${tag ?? ''}`} className={classes.tag}>
            <Link
              {...(tag === undefined
                ? { to: '/registries/$accountId/tags', search: { repository } }
                : { to: '/registries/$accountId/image', search: { repository, reference: tag } })}
              params={{ accountId }}
              className={classes.link}
            >
              {tag === undefined ? repository : `${repository}:${tag}`}
            </Link>
            <span className={classes.quiet}>{names.get(accountId)}</span>
          </li>
        ))}
      </ul>
    </Group>
  );
}

interface PackageResultsProps {
  text: string;
  type: string | undefined;
  onType: (type: string | undefined) => void;
}

export function PackageResults({ text, type, onType }: PackageResultsProps) {
  const { t, i18n } = useTranslation();
  const found = useQuery(findQueries.packages(text, type));
  const { items = [], total = 0, types = [], more = false } = found.data ?? {};
  const left = total - items.length;
  return (
    <Group
      title={t('find.packages')}
      controls={
        types.length > 1 && (
          <StateFilter
            label={t('packages.types')}
            value={type}
            options={[
              { value: undefined, label: t('packages.all'), count: undefined },
              ...types.map((each) => ({ value: each, label: each, count: undefined })),
            ]}
            onChange={onType}
          />
        )
      }
    >
      {found.isError && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && items.length === 0 && <p className={classes.quiet}>{t('find.noPackage')}</p>}
      <ul className={classes.list}>
        {items.map(({ type: of, name, version, images, moreImages, uncertain }) => (
          <FoundRow
            key={`${of} ${name} ${version}`}
            of={{ package: { type: of, name, version } }}
            tab={{ tab: 'packages', filter: name }}
            note={[
              of,
              t(moreImages ? 'find.moreImages' : 'find.images', { count: images }),
              ...(uncertain ? [t('find.uncertain')] : []),
            ].join(' · ')}
          >
            {name} <span className={classes.mono}>{version === '' ? t('find.noVersion') : version}</span>
          </FoundRow>
        ))}
      </ul>
      {left > 0 && (
        <p className={classes.quiet}>{t('find.beyond', { formatted: formatCount(left, i18n.language) })}</p>
      )}
      {more && <p className={classes.quiet}>{t('find.narrow')}</p>}
    </Group>
  );
}

export function FileResults({ text }: { text: string }) {
  const { t, i18n } = useTranslation();
  const looking = useQuery(findQueries.looking()).data;
  const found = useFiles(text, looking && looking.status !== 'running' ? looking.id : '');
  if (!found) return null;
  const { files, layers, unsummed, more, error } = found;
  const isEnded = layers !== undefined && (more || layers.done === layers.total);
  const count = (number: number) => formatCount(number, i18n.language);
  return (
    <Group
      title={t('find.files')}
      {...(layers
        ? {
            note: isEnded
              ? t('find.layers', { count: layers.total, formatted: count(layers.total) })
              : t('find.lookingThrough', { done: count(layers.done), total: count(layers.total) }),
          }
        : {})}
    >
      {error !== undefined && <ErrorPanel error={error} />}
      {isEnded && files.length === 0 && <p className={classes.quiet}>{t('find.noFile')}</p>}
      <ul className={classes.list}>
        {files.slice(0, FILES_SHOWN).map(({ layer, path, type, size }) => (
          <FoundRow
            key={`${layer} ${path}`}
            of={{ digest: layer }}
            tab={{ tab: 'files', filter: path }}
            note={[
              ...(type === 'file' ? [formatBytes(size)] : [t(`files.types.${type}`)]),
              t('find.inLayer', { digest: shortDigest(layer) }),
            ].join(' · ')}
          >
            <span className={classes.mono}>/{path}</span>
          </FoundRow>
        ))}
      </ul>
      {isEnded && unsummed > 0 && (
        <p className={classes.quiet}>{t('find.unsummed', { count: unsummed, formatted: count(unsummed) })}</p>
      )}
      <UnreadLayers />
      {(more || files.length > FILES_SHOWN) && <p className={classes.quiet}>{t('find.narrowFiles')}</p>}
    </Group>
  );
}
