import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText, wordFilter } from '../lists/word-filter.ts';
import { Bytes } from '../ui/bytes.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureOf } from '../ui/failure.ts';
import { FilterInput } from '../ui/filter-input.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { imagesOfEngine, type LocalImage } from './local-image.ts';
import classes from './push.module.css';
import { contentQueries } from './queries.ts';

const idOf = ({ id }: LocalImage) => id;

/** The images of this machine's container engine; one is chosen by a click or Enter. */
export function EngineList({ onChosen }: { onChosen: (image: LocalImage) => void }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const engine = useQuery(contentQueries.engine());
  const images = useMemo(() => imagesOfEngine(engine.data ?? []), [engine.data]);
  const shown = useMemo(() => {
    const matches = wordFilter(filter);
    return matches ? images.filter(({ id }) => matches(foldText(id))) : images;
  }, [images, filter]);
  const columns = useMemo<readonly VirtualColumn<LocalImage>[]>(
    () => [
      {
        id: 'name',
        header: t('push.image'),
        width: 180,
        grow: 1,
        text: idOf,
        cell: ({ id }) => <span className={classes.mono}>{id}</span>,
      },
      {
        id: 'size',
        header: t('image.size'),
        width: 84,
        align: 'end',
        cell: ({ size }) => size !== undefined && <Bytes value={size} />,
      },
      {
        id: 'created',
        header: t('image.created'),
        width: 100,
        cell: ({ created }) => created !== undefined && <RelativeTime value={created} />,
      },
    ],
    [t],
  );
  return (
    <section className={classes.engine} aria-labelledby="engine-images">
      <h3 id="engine-images">{t('push.engine')}</h3>
      {engine.isError && <NoEngine error={engine.error} onRetry={() => void engine.refetch()} />}
      {engine.data && images.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('push.engineEmpty')}
        </Text>
      )}
      {(engine.isPending || images.length > 0) && (
        <>
          <FilterInput value={filter} onChange={setFilter} aria-label={t('push.filter')} />
          <div className={classes.table}>
            <VirtualTable
              label={t('push.engine')}
              rows={shown}
              rowId={idOf}
              rowName={idOf}
              columns={columns}
              commands={(image) => [
                [openingRow(t, () => onChosen(image))],
                [copyingOfRow('name', t('commands.row.copyName'), image.id)],
              ]}
              onOpen={onChosen}
              busy={engine.isPending}
              empty={engine.data && <p className={classes.none}>{t('push.noMatch')}</p>}
            />
          </div>
        </>
      )}
    </section>
  );
}

/** That there is no engine is nothing that failed: images come from files as well. */
function NoEngine({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  if (failureOf(error).code !== 'engineUnreachable') return <ErrorPanel error={error} onRetry={onRetry} />;
  return (
    <div className={classes.hint} role="note">
      <Text fz="sm">{t('errors.engineUnreachable.title')}</Text>
      <Text fz="sm" c="dimmed">
        {t('errors.engineUnreachable.help')}
      </Text>
      <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}
