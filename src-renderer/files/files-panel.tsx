import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../src-main/common/files.ts';
import { FilterInput } from '../ui/filter-input.tsx';
import { FileDialog } from './file-dialog.tsx';
import classes from './files.module.css';
import { FoundList } from './found-list.tsx';
import type { LayerItem } from './layer-items.ts';
import type { ShownFiles } from './queries.ts';
import type { FilesSearch } from './search.ts';
import { TreePanel } from './tree-panel.tsx';
import { WastedPanel } from './wasted-panel.tsx';

export interface FilesPanelProps {
  image: ShownFiles;
  layers: readonly LayerItem[];
  at: number;
  search: FilesSearch;
  onSearch: (changes: Partial<FilesSearch>) => void;
}

const VIEWS = ['merged', 'changes', 'wasted'] as const;

/** The files at a layer: all, what the layer did, or what is wasted; and those that are looked for. */
export function FilesPanel({ image, layers, at, search, onSearch }: FilesPanelProps) {
  const { t } = useTranslation();
  const { view = 'merged', filter = '' } = search;
  const [opened, setOpened] = useState<FileEntry>();
  const [reveal, setReveal] = useState<{ readonly id: string }>();
  const show = (path: string) => {
    onSearch({ filter: undefined, view: undefined });
    setReveal({ id: path });
  };
  return (
    <>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('files.view')}
          value={view}
          data={VIEWS.map((value) => ({ value, label: t(`files.views.${value}`, { number: at + 1 }) }))}
          onChange={(value) => {
            const next = value === 'changes' || value === 'wasted' ? value : undefined;
            onSearch({ view: next, filter: undefined, ...(next === 'changes' && { layer: layers[at]?.id }) });
          }}
        />
        {view === 'merged' && (
          <FilterInput
            value={filter}
            aria-label={t('files.search')}
            placeholder={t('files.searchHelp')}
            onChange={(text) => onSearch({ filter: text === '' ? undefined : text })}
          />
        )}
      </div>
      {view === 'wasted' ? (
        <WastedPanel image={image} onShow={show} />
      ) : view === 'merged' && filter.trim() !== '' ? (
        <FoundList
          image={image}
          at={at}
          text={filter}
          onOpen={setOpened}
          onShow={show}
          onClear={() => onSearch({ filter: undefined })}
        />
      ) : (
        <TreePanel
          image={image}
          at={at}
          view={view === 'changes' ? 'layer' : 'merged'}
          reveal={reveal}
          onOpen={setOpened}
        />
      )}
      {opened && <FileDialog image={image} at={at} entry={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}
