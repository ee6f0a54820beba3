import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { FilesTab } from '../files/files-tab.tsx';
import { PackagesTab } from '../packages/packages-tab.tsx';
import { ReferrersTab } from '../referrers/referrers-tab.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { PageTabPanel, PageTabs } from '../ui/page-tabs.tsx';
import { useHasScans } from '../vulnerabilities/queries.ts';
import { VulnerabilitiesTab } from '../vulnerabilities/vulnerabilities-tab.tsx';
import classes from './image.module.css';
import { ImageSkeleton } from './image-skeleton.tsx';
import { LayersTab } from './layers-tab.tsx';
import { ManifestTab } from './manifest-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { PlatformSelector } from './platform-selector.tsx';
import { IMAGE_TABS, type ImageTab } from './tabs.ts';
import { useShownImage } from './use-shown-image.ts';

const route = getRouteApi('/registries/$accountId/image');

/** What an image is and holds, a tab for each way to look at it; of an index, the platform that is chosen. */
export function ImageTabs({ place, root }: { place: RepositoryPlace; root: Image }) {
  const { tab = 'overview' } = route.useSearch();
  const { index, shown, query, choose } = useShownImage(place, root);
  return (
    <>
      {index && (
        <div className={classes.selectors}>
          <PlatformSelector
            index={index}
            chosen={shown?.digest ?? query?.digest ?? root.digest}
            root={root}
            onChoose={choose}
          />
        </div>
      )}
      <ImageTabFrame>
        {query?.isError && <ErrorPanel error={query.error} onRetry={query.refetch} />}
        {shown && <Panel tab={tab} place={place} image={shown} root={root} onChoose={choose} />}
        {!shown && !query?.isError && <ImageSkeleton tab={tab} />}
      </ImageTabFrame>
    </>
  );
}

/** The tabs, and what the one that is chosen shows. */
export function ImageTabFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { tab = 'overview' } = route.useSearch();
  const { accountId } = route.useParams();
  const hasScans = useHasScans(accountId);
  const navigate = route.useNavigate();
  // A registry without a scanner has nothing to show there.
  const tabs = IMAGE_TABS.filter((value) => value !== 'vulnerabilities' || hasScans || value === tab);
  return (
    <PageTabs
      label={t('image.tabsLabel')}
      tabs={tabs.map((value) => ({ value, label: t(`image.tabs.${value}`) }))}
      value={tab}
      onChange={(next) =>
        void navigate({
          search: (before) => ({
            ...before,
            tab: next === 'overview' ? undefined : next,
            layer: undefined,
            sort: undefined,
            picked: undefined,
            view: undefined,
            filter: undefined,
            source: undefined,
            type: undefined,
            against: undefined,
          }),
          replace: true,
        })
      }
      className={classes.tabs}
    >
      <PageTabPanel value={tab}>{children}</PageTabPanel>
    </PageTabs>
  );
}

interface PanelProps {
  tab: ImageTab;
  place: RepositoryPlace;
  /** What is shown: the root, or a child of it. */
  image: Image;
  root: Image;
  /** Shows another child of the root. */
  onChoose: (digest: string) => void;
}

function Panel({ tab, place, image, root, onChoose }: PanelProps) {
  const { picked, layer, view, filter, source, type, against } = route.useSearch();
  const navigate = route.useNavigate();
  const search = useCallback(
    (changes: Partial<ReturnType<typeof route.useSearch>>) =>
      void navigate({ search: (before) => ({ ...before, ...changes }), replace: true, resetScroll: false }),
    [navigate],
  );
  const showLayer = useCallback(
    (id: string) =>
      void navigate({
        search: ({ repository, reference, platform }) => ({
          repository,
          reference,
          platform,
          tab: 'layers' as const,
          layer: id,
        }),
      }),
    [navigate],
  );
  switch (tab) {
    case 'overview':
      return <OverviewTab place={place} image={image} root={root} onChoose={onChoose} />;
    case 'layers':
      return <LayersTab image={image} />;
    case 'files':
      return <FilesTab place={place} image={image} search={{ layer, view, filter }} onSearch={search} />;
    case 'packages':
      return (
        <PackagesTab
          place={place}
          image={image}
          root={root}
          search={{ source, type, filter }}
          onSearch={search}
          onLayer={showLayer}
        />
      );
    case 'vulnerabilities':
      return (
        <VulnerabilitiesTab
          key={image.digest}
          place={place}
          image={image}
          root={root}
          search={{ filter, type, against }}
          onSearch={search}
        />
      );
    case 'referrers':
      return (
        <ReferrersTab
          place={place}
          image={image}
          root={root}
          picked={picked}
          onPick={(id) => search({ picked: id })}
        />
      );
    case 'manifest':
      return <ManifestTab key={image.digest} image={image} />;
  }
}
