import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImagePackage } from '../../src-main/common/packages.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { PendingCell } from '../ui/pending-cell.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { LayerLink } from './layer-link.tsx';
import classes from './packages.module.css';

/**
 * The columns of packages; the same array until the language changes.
 *
 * @param hasLayers they were found in layers, each in one of them
 */
export function usePackageColumns(
  onLayer: (id: string) => void,
  hasLayers: boolean,
): readonly VirtualColumn<PagedRow<ImagePackage>>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'type',
        header: t('packages.type'),
        width: 84,
        cell: ({ item }) => <span className={classes.quiet}>{item?.type}</span>,
      },
      {
        id: 'name',
        header: t('packages.name'),
        width: 180,
        grow: 3,
        text: ({ item }) => item?.name,
        cell: ({ item }) => (item ? <span className={classes.mono}>{item.name}</span> : <PendingCell />),
      },
      {
        id: 'version',
        header: t('packages.version'),
        width: 120,
        grow: 2,
        text: ({ item }) => item?.version,
        cell: ({ item }) => <span className={classes.mono}>{item?.version}</span>,
      },
      {
        id: 'licence',
        header: t('packages.licence'),
        width: 120,
        grow: 2,
        text: ({ item }) => item?.licence,
        cell: ({ item }) => item?.licence,
      },
      ...(hasLayers
        ? [
            {
              id: 'layer',
              header: t('image.layers.number'),
              width: 56,
              align: 'end' as const,
              cell: ({ item }: PagedRow<ImagePackage>) =>
                item?.layer === undefined ? null : <LayerLink layer={item.layer} onLayer={onLayer} />,
            },
          ]
        : []),
    ],
    [t, onLayer, hasLayers],
  );
}
