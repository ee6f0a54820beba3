import { Button, Switch } from '@mantine/core';
import { IconEqual, IconFolder } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { ComparedPlatform, FileDifference, FileDifferences } from '../../src-main/common/comparison.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import { StateFilter } from '../lists/state-filter.tsx';
import { Banner } from '../ui/banner.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureDetails } from '../ui/error-panel.tsx';
import { FilterChip } from '../ui/filter-chip.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { formatBytes, formatCount, shortDigest } from '../ui/format.ts';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { useRemembered } from '../ui/use-remembered.ts';
import classes from './comparison.module.css';
import { DifferenceTree } from './difference-tree.tsx';
import { useFileColumns } from './file-columns.tsx';
import { FileDialog } from './file-dialog.tsx';
import { bytesToRead, hasOwnLayers } from './platform-pairs.ts';
import { comparisonQueries, type Pair, pinned } from './queries.ts';
import { Progress, Unread } from './unread.tsx';
import { useFolding } from './use-folding.ts';
import type { LayersRead } from './use-reading.ts';

const route = getRouteApi('/compare');

const viewSchema = z.enum(['tree', 'list']);
/** Files that differ of which all folders are open at first. */
const OPENED_MAX = 200;

const CHANGES = ['added', 'removed', 'changed'] as const satisfies readonly FileDifference['change'][];

export interface FilesTabProps {
  pair: Pair;
  platform: ComparedPlatform;
  reading: LayersRead;
}

/** Which files differ, once the layers were read that are not in both. */
export function FilesTab({ pair, platform, reading }: FilesTabProps) {
  const { t } = useTranslation();
  const { left, right, files } = platform;
  if (left === undefined || right === undefined)
    return (
      <EmptyState icon={<IconFolder size={24} />} title={t('comparison.oneSided')}>
        {t('comparison.oneSidedHelp')}
      </EmptyState>
    );
  if (files) return <Differences pair={pair} left={left} right={right} files={files} reading={reading} />;
  if (!hasOwnLayers(platform))
    return (
      <EmptyState icon={<IconEqual size={24} />} title={t('comparison.filesSame')}>
        {t('comparison.filesSameHelp')}
      </EmptyState>
    );
  return (
    <Unread
      reading={reading}
      title={t('comparison.unreadFiles')}
      help={t('comparison.unreadFilesHelp', { size: formatBytes(bytesToRead(platform)) })}
      action={t('comparison.readFiles')}
      onStart={() => reading.start({ files: true })}
    />
  );
}

interface DifferencesProps extends Pick<FilesTabProps, 'pair' | 'reading'> {
  left: string;
  right: string;
  files: FileDifferences;
}

function Differences({ pair, left, right, files, reading }: DifferencesProps) {
  const { t, i18n } = useTranslation();
  const { filter = '', change } = route.useSearch();
  const navigate = route.useNavigate();
  const [times, setTimes] = useState(false);
  const [opened, setOpened] = useState<FileDifference>();
  const [view, setView] = useRemembered('comparison.files.view', viewSchema, 'tree');
  const shared = reading.known?.read.shared ?? false;
  const images = useMemo(
    () => ({ left: pinned(pair.left, left), right: pinned(pair.right, right) }),
    [pair, left, right],
  );
  const wanted = useMemo(
    () => ({ times, shared, ...(filter !== '' && { filter }), ...(change !== undefined && { change }) }),
    [times, shared, filter, change],
  );
  const columns = useFileColumns();
  const search = (next: { filter?: string | undefined; change?: FileDifference['change'] | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const counted = (each: FileDifference['change']) =>
    each === 'changed' && !times ? files.changed - files.timesOnly : files[each];
  const total = CHANGES.reduce((sum, each) => sum + counted(each), 0);
  const isTree = view === 'tree';
  // What is looked for is shown, and all of a few; of many the folders, with what is in them summed up.
  const opens = filter !== '' || total <= OPENED_MAX;
  const folding = useFolding(`${opens} ${filter}`, opens);
  const empty = t(filter === '' && change === undefined ? 'comparison.noFiles' : 'comparison.noFilesMatch');
  return (
    <>
      <div className={classes.bar}>
        <FilterInput
          value={filter}
          aria-label={t('comparison.filterFiles')}
          onChange={(text) => search({ filter: text === '' ? undefined : text })}
        />
        <StateFilter
          label={t('comparison.changesLabel')}
          value={change}
          options={[
            {
              value: undefined,
              label: t('comparison.all'),
              count: total,
            },
            ...CHANGES.map((value) => ({
              value,
              label: t(`comparison.change.${value}`),
              count: counted(value),
            })),
          ]}
          onChange={(value) => search({ change: value })}
        />
        {files.timesOnly > 0 && (
          <span data-hint={t('comparison.timesHelp', words(files.timesOnly))}>
            <Switch
              size="sm"
              label={t('comparison.times')}
              checked={times}
              onChange={(event) => setTimes(event.currentTarget.checked)}
            />
          </span>
        )}
        <div className={classes.views}>
          {isTree && (
            <Button variant="subtle" size="compact-xs" onClick={() => folding.setAll(!folding.open)}>
              {t(folding.open ? 'comparison.closeAll' : 'comparison.openAll')}
            </Button>
          )}
          <FilterChip pressed={isTree} onToggle={() => setView(() => (isTree ? 'list' : 'tree'))}>
            {t('comparison.byFolder')}
          </FilterChip>
        </div>
      </div>
      {reading.running && <Progress reading={reading} />}
      <Notes files={files} reading={reading} />
      {isTree ? (
        <DifferenceTree images={images} wanted={wanted} folding={folding} onOpen={setOpened} empty={empty} />
      ) : (
        <PagedTable
          label={t('comparison.filesLabel')}
          list={JSON.stringify([images, wanted])}
          page={(number) => comparisonQueries.files(images, wanted, number)}
          columns={columns}
          commands={(item) => [
            [openingRow(t, () => setOpened(item), t('commands.row.show'))],
            [copyingOfRow('path', t('files.copyPath'), `/${item.path}`)],
          ]}
          onOpen={(item) => setOpened(item)}
          empty={empty}
        />
      )}
      {opened && (
        <FileDialog images={images} shared={shared} file={opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  );
}

/** What of it is not certain, or could not be read. */
function Notes({ files, reading }: { files: FileDifferences; reading: LayersRead }) {
  const { t, i18n } = useTranslation();
  const { uncertain, failed, unreadShared } = files;
  return (
    <>
      {failed.length > 0 && (
        <Banner tone="warning">
          {t('comparison.failedLayers', { count: failed.length })}
          {failed.map(({ side, layer, digest, failure }) => (
            <div key={`${side} ${layer}`}>
              {`${t(`comparison.${side}`)} ${t('image.layers.layer', { number: layer + 1 })} ${shortDigest(digest)}`}
              <FailureDetails failure={failure} inline />
            </div>
          ))}
        </Banner>
      )}
      {uncertain > 0 && unreadShared.length > 0 && (
        <Banner
          actions={
            <Button
              variant="default"
              size="compact-sm"
              disabled={reading.running}
              onClick={() => reading.start({ files: true, shared: true })}
            >
              {t('comparison.readShared')}
            </Button>
          }
        >
          {t('comparison.uncertain', { count: uncertain, formatted: formatCount(uncertain, i18n.language) })}
        </Banner>
      )}
    </>
  );
}
