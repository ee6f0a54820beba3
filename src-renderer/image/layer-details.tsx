import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LayerHolders } from '../storage/layer-holders.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DetailsPanel } from '../ui/details-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './image.module.css';
import type { LayerRow } from './layer-rows.ts';

const route = getRouteApi('/registries/$accountId/image');

/** Everything of one layer, or of one entry of the history. */
export function LayerDetails({ row, name, onClose }: { row: LayerRow; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { accountId } = route.useParams();
  const text = row.instruction && [row.instruction.keyword, row.instruction.text].filter(Boolean).join(' ');
  return (
    <DetailsPanel
      label={t('image.layers.openDetails', { name })}
      title={row.number === undefined ? t('image.layers.noLayerHelp') : name}
      onClose={onClose}
    >
      {text && (
        <div className={classes.code}>
          <pre>{text}</pre>
          <CopyButton value={text} label={t('image.layers.copyInstruction')} />
        </div>
      )}
      <Facts>
        {row.digest && (
          <Fact name={t('image.digest')} mono>
            <span className={classes.inline}>
              {row.digest}
              <CopyButton value={row.digest} label={t('common.copyDigest')} />
            </span>
          </Fact>
        )}
        {row.digest && (
          <Fact name={t('storage.layerHolders')}>
            <LayerHolders accountId={accountId} digest={row.digest} />
          </Fact>
        )}
        {row.mediaType && (
          <Fact name={t('image.mediaType')} mono>
            {row.mediaType}
          </Fact>
        )}
        {row.number !== undefined && (
          <Fact name={t('image.size')}>
            {row.sizeUnknown ? t('image.sizeUnknown') : <Bytes value={row.size} />}
          </Fact>
        )}
        {row.foreign && <Fact name={t('image.layers.foreign')}>{t('image.layers.foreignHelp')}</Fact>}
        {row.created && (
          <Fact name={t('image.created')}>
            <RelativeTime value={row.created} />
          </Fact>
        )}
        {row.comment && <Fact name={t('image.layers.history')}>{row.comment}</Fact>}
      </Facts>
    </DetailsPanel>
  );
}
