import { IconShieldCheck, IconShieldSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { useAccount } from '../accounts/queries.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { FindingsPanel } from './findings-panel.tsx';
import { vulnerabilityQueries } from './queries.ts';
import { ScanBar } from './scan-bar.tsx';
import type { VulnerabilitiesSearch } from './search.ts';
import { useCompared } from './use-compared.ts';
import classes from './vulnerabilities.module.css';

export interface VulnerabilitiesTabProps {
  place: RepositoryPlace;
  /** What is shown: the root, or a child of it. */
  image: Image;
  root: Image;
  search: VulnerabilitiesSearch;
  onSearch: (changes: Partial<VulnerabilitiesSearch>) => void;
}

/** What the registry's own scanner has found in an image, and the way to have it look again. */
export function VulnerabilitiesTab({ place, image, root, search, onSearch }: VulnerabilitiesTabProps) {
  const { t } = useTranslation();
  const { against } = search;
  const readOnly = useAccount(place.accountId)?.readOnly === true;
  const scans = useQuery(vulnerabilityQueries.scans(place, image.digest));
  const scan = scans.data?.find(({ type }) => type === 'vulnerabilities');
  const isDone = scan?.state === 'done';
  const findings = useQuery({
    ...vulnerabilityQueries.findings(place, image.digest, scan?.ended),
    enabled: isDone,
  });
  const { findings: compared, isPending, problem } = useCompared(place, findings.data, against);
  if (scans.isPending) return <TableSkeleton bar />;
  if (scans.isError) return <ErrorPanel error={scans.error} onRetry={() => void scans.refetch()} />;
  const name = `${place.repository.split('/').at(-1)}-${root.reference.replace(/^\w+:/, '').slice(0, 40)}`;
  const hasNone = findings.data?.length === 0 && against === undefined;
  return (
    <>
      <ScanBar place={place} digest={image.digest} scans={scans.data} readOnly={readOnly} />
      {!isDone && (
        <EmptyState
          icon={<IconShieldSearch size={24} />}
          title={t(`vulnerabilities.none.${scan?.state ?? 'none'}`)}
        >
          {t('vulnerabilities.noReport')}
        </EmptyState>
      )}
      {findings.isError && <ErrorPanel error={findings.error} onRetry={() => void findings.refetch()} />}
      {isDone && findings.isPending && <TableSkeleton bar />}
      {hasNone && (
        <EmptyState icon={<IconShieldCheck size={24} />} title={t('vulnerabilities.nothingFound')}>
          {t('vulnerabilities.nothingFoundHelp')}
        </EmptyState>
      )}
      {problem && 'error' in problem && <ErrorPanel error={problem.error} />}
      {problem && 'missing' in problem && (
        <p className={classes.note}>{t('vulnerabilities.noTag', { tag: against })}</p>
      )}
      {isPending && <p className={classes.note}>{t('vulnerabilities.comparing', { tag: against })}</p>}
      {isDone && findings.data && !hasNone && (
        <FindingsPanel place={place} name={name} findings={compared} search={search} onSearch={onSearch} />
      )}
    </>
  );
}
