import { IconPackages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import type { PackageSource } from '../../src-main/common/packages.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { UNASKED } from '../files/layer-items.ts';
import { fileQueries } from '../files/queries.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { FindingNote } from './finding-note.tsx';
import { usePackageColumns } from './package-columns.tsx';
import { PackagesPanel } from './packages-panel.tsx';
import type { ShownPackages } from './queries.ts';
import type { PackagesSearch } from './search.ts';
import { useFinding } from './use-finding.ts';

export interface PackagesTabProps {
  place: RepositoryPlace;
  /** What is shown: the root, or a child of it. */
  image: Image;
  root: Image;
  search: PackagesSearch;
  onSearch: (changes: Partial<PackagesSearch>) => void;
  /** Shows a layer: `layer-<number>`. */
  onLayer: (id: string) => void;
}

/** What an image has installed. */
export function PackagesTab(props: PackagesTabProps) {
  const { t } = useTranslation();
  const { content, digest } = props.image;
  if (content.kind === 'image') return <Packages key={digest} {...props} />;
  const isIndex = content.kind === 'index';
  return (
    <EmptyState
      icon={<IconPackages size={24} />}
      title={t(isIndex ? 'packages.choosePlatform' : 'files.noFiles')}
    >
      {t(isIndex ? 'packages.choosePlatformHelp' : 'files.noFilesHelp')}
    </EmptyState>
  );
}

function Packages({ place, image, root, search, onSearch, onLayer }: PackagesTabProps) {
  const { accountId, repository } = place;
  const { digest } = image;
  const index = root.digest === digest ? undefined : root.digest;
  const shownFrom = useMemo(() => {
    const from = (source: PackageSource): ShownPackages => ({
      image: { accountId, repository, reference: digest },
      ...(index === undefined ? {} : { index }),
      source,
    });
    return { sbom: from('sbom'), files: from('files') };
  }, [accountId, repository, digest, index]);
  // What is attached costs little: it is looked at first, and preferred.
  const attached = useFinding(shownFrom.sbom);
  const inFiles = useFinding(shownFrom.files);
  const layers = useQuery(fileQueries.layers(shownFrom.files.image));
  const hasSbom = (attached.summary?.packages ?? 0) > 0;
  const source = search.source === 'files' || (attached.summary && !hasSbom) ? 'files' : 'sbom';
  const finding = source === 'sbom' ? attached : inFiles;
  // What a table of contents lists are names: packages are in the files themselves.
  const unread = layers.data?.layers.filter(({ state, toc }) => state === 'unread' || toc !== undefined);
  const cost = unread?.reduce((bytes, { size }) => bytes + size, 0);
  const isCheap = source === 'sbom' || (cost !== undefined && cost <= UNASKED);
  const columns = usePackageColumns(onLayer, source === 'files');
  const tried = useRef(new Set<PackageSource>());
  const { start } = finding;
  useEffect(() => {
    if (finding.summary || !isCheap || tried.current.has(source)) return;
    tried.current.add(source);
    start();
  });
  if (finding.error !== undefined) return <ErrorPanel error={finding.error} onRetry={start} />;
  if (finding.summary)
    return (
      <PackagesPanel
        key={source}
        shown={shownFrom[source]}
        name={`${repository.split('/').at(-1)}-${root.reference.replace(/^\w+:/, '').slice(0, 40)}`}
        summary={finding.summary}
        sbom={hasSbom}
        search={search}
        onSearch={onSearch}
        onLayer={onLayer}
      />
    );
  if (source === 'sbom' || cost === undefined) return <TableSkeleton columns={columns} bar />;
  return <FindingNote finding={finding} cost={cost} />;
}
