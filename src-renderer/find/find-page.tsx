import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Coverage } from './coverage.tsx';
import classes from './find.module.css';
import { DigestResults, FileResults, PackageResults, TagResults } from './results.tsx';

const route = getRouteApi('/find');
/** Between keys while typing nothing is asked. */
const TYPING_MS = 120;

/** Where a tag, a digest, a package or a file is, over all registries, as it is typed. */
export function FindPage() {
  const { t } = useTranslation();
  const { q = '', type } = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changes: { q?: string | undefined; type?: string | undefined }) =>
      void navigate({ search: (before) => ({ ...before, ...changes }), replace: true, resetScroll: false }),
    [navigate],
  );
  const [text] = useDebouncedValue(q.trim(), TYPING_MS);
  return (
    <Page>
      <PageHeader title={t('find.title')} meta={t('find.help')} />
      <div className={classes.bar}>
        <FilterInput
          value={q}
          aria-label={t('find.label')}
          placeholder={t('find.placeholder')}
          size="sm"
          maw={640}
          maxLength={300}
          onChange={(typed) => change({ q: typed === '' ? undefined : typed, type: undefined })}
        />
      </div>
      <Coverage />
      {text === '' ? (
        <EmptyState icon={<IconSearch size={24} />} title={t('find.empty')}>
          {t('find.emptyHelp')}
        </EmptyState>
      ) : (
        <div className={classes.results}>
          <DigestResults text={text} />
          <PackageResults text={text} type={type} onType={(chosen) => change({ type: chosen })} />
          <TagResults text={text} />
          <FileResults text={text} />
        </div>
      )}
    </Page>
  );
}
