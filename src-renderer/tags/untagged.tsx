import { IconTagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import listClasses from '../lists/list-page.module.css';
import { ListProblem } from '../lists/list-problem.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { failureOf } from '../ui/failure.ts';
import { formatCount } from '../ui/format.ts';
import type { UntaggedList } from './untagged-rows.ts';

/** The list of a repository's manifests without a tag, as it is being read. */
export interface UntaggedQuery {
  readonly data: UntaggedList | undefined;
  readonly isError: boolean;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly refetch: () => Promise<unknown>;
}

const isUnsupported = ({ isError, error }: UntaggedQuery) =>
  isError && failureOf(error).code === 'unsupported';

/** How many there are, or why that is not known; where the registry has no list, the table says so. */
export function UntaggedNote({ query }: { query: UntaggedQuery }) {
  const { t, i18n } = useTranslation();
  if (isUnsupported(query)) return null;
  const { length } = query.data?.rows ?? [];
  const words = { count: length, formatted: formatCount(length, i18n.language) };
  return (
    <>
      <ListProblem query={query} />
      {(query.isFetching || length > 0) && (
        <div className={listClasses.note} role="status" data-testid="untagged">
          {t(query.isFetching ? 'tags.untagged.reading' : 'tags.untagged.count', words)}
        </div>
      )}
    </>
  );
}

/** In the table where there is none of them to filter. */
export function NoUntagged({ query }: { query: UntaggedQuery }) {
  const { t } = useTranslation();
  const words = isUnsupported(query) ? 'unsupported' : 'none';
  if (words === 'none' && query.isError) return null;
  return (
    <EmptyState icon={<IconTagOff size={24} />} title={t(`tags.untagged.${words}.title`)}>
      {t(`tags.untagged.${words}.help`)}
    </EmptyState>
  );
}
