import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { ComparedPlatform, Comparison } from '../../src-main/common/comparison.ts';
import { judgeAll } from '../../src-main/common/comparison-verdict.ts';
import { PageTabPanel, PageTabs } from '../ui/page-tabs.tsx';
import { AttachedTab } from './attached-tab.tsx';
import classes from './comparison.module.css';
import { ComparisonActions } from './comparison-actions.tsx';
import { ConfigTab } from './config-tab.tsx';
import { FilesTab } from './files-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { LayersTab } from './layers-tab.tsx';
import { PackagesTab } from './packages-tab.tsx';
import { chosenPlatform, platformKey } from './platform-pairs.ts';
import { PlatformsTab } from './platforms-tab.tsx';
import type { Pair } from './queries.ts';
import { SizeTab } from './size-tab.tsx';
import { COMPARISON_TABS, type ComparisonTab } from './tabs.ts';
import { useAutoReading } from './use-auto-reading.ts';
import { pinnedPair, useKnownPlatforms } from './use-known-platforms.ts';
import { type LayersRead, useReading } from './use-reading.ts';
import { Verdict } from './verdict.tsx';
import { type Judged, openOf } from './words.ts';

const route = getRouteApi('/compare');

export interface ComparisonTabsProps {
  pair: Pair;
  comparison: Comparison;
  accounts: readonly Account[];
}

/** What was found: the sentence, then a tab for each way to look at it, of the platform that is chosen. */
export function ComparisonTabs({ pair, comparison, accounts }: ComparisonTabsProps) {
  const { t } = useTranslation();
  const { platform: asked, tab: wanted } = route.useSearch();
  const navigate = route.useNavigate();
  const several = comparison.platforms.length > 1;
  const tabs = COMPARISON_TABS.filter((each) => several || each !== 'platforms');
  const usual = several && asked === undefined ? 'platforms' : 'layers';
  const tab = wanted !== undefined && tabs.includes(wanted) ? wanted : usual;
  const chosen = chosenPlatform(comparison, asked);
  const show = useCallback(
    (next: { tab?: ComparisonTab | undefined; platform?: string | undefined }) =>
      void navigate({
        search: (before) => ({ ...before, filter: undefined, ...next }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const key = chosen && several ? platformKey(chosen) : '';
  const detailed = useMemo(() => pinnedPair(pair, comparison, key), [pair, comparison, key]);
  const reading = useReading(detailed);
  useAutoReading({ chosen, tab, reading });
  const platforms = useKnownPlatforms(pair, comparison);
  const platform = platforms.find(
    (each) => chosen !== undefined && platformKey(each) === platformKey(chosen),
  );
  const judged: Judged = {
    ...judgeAll({ left: comparison.left.digest, right: comparison.right.digest }, platforms),
    bytes: comparison.bytes,
    open: openOf(platforms),
  };
  return (
    <>
      <div className={classes.verdictLine}>
        <Verdict judged={judged} reading={reading} />
        <ComparisonActions
          pair={pair}
          comparison={comparison}
          judged={judged}
          read={reading.known?.read}
          accounts={accounts}
        />
      </div>
      {several && chosen && tab !== 'platforms' && tab !== 'attached' && (
        <Select
          size="xs"
          w={280}
          label={t('comparison.platform')}
          classNames={{ root: classes.platform ?? '' }}
          allowDeselect={false}
          searchable={comparison.platforms.length > 12}
          data={comparison.platforms.map((each) => ({
            value: platformKey(each),
            label: platformKey(each) || t('comparison.noPlatform'),
          }))}
          value={platformKey(chosen)}
          onChange={(value) => show({ platform: value ?? undefined, tab })}
        />
      )}
      <PageTabs
        label={t('comparison.tabsLabel')}
        tabs={tabs.map((value) => ({ value, label: t(`comparison.tabs.${value}`) }))}
        value={tab}
        onChange={(next) => show({ tab: next })}
        className={classes.tabs}
      >
        <PageTabPanel value={tab}>
          {tab === 'platforms' && (
            <PlatformsTab
              platforms={platforms}
              onChoose={(each) => show({ platform: platformKey(each), tab: 'layers' })}
            />
          )}
          {tab === 'attached' && <AttachedTab attached={comparison.attached} />}
          {platform && <Panel tab={tab} pair={pair} platform={platform} reading={reading} />}
        </PageTabPanel>
      </PageTabs>
    </>
  );
}

interface PanelProps {
  tab: ComparisonTab;
  pair: Pair;
  platform: ComparedPlatform;
  reading: LayersRead;
}

function Panel({ tab, pair, platform, reading }: PanelProps) {
  const key = `${platform.left} ${platform.right}`;
  switch (tab) {
    case 'layers':
      return <LayersTab key={key} platform={platform} />;
    case 'size':
      return <SizeTab platform={platform} />;
    case 'config':
      return <ConfigTab key={key} platform={platform} />;
    case 'history':
      return <HistoryTab key={key} platform={platform} />;
    case 'files':
      return <FilesTab key={key} pair={pair} platform={platform} reading={reading} />;
    case 'packages':
      return <PackagesTab key={key} platform={platform} reading={reading} />;
    case 'platforms':
    case 'attached':
      return null;
  }
}
