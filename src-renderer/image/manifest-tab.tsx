import { Button, SegmentedControl } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { formatCount } from '../ui/format.ts';
import { ScrolledText } from '../ui/scrolled-text.tsx';
import classes from './image.module.css';
import { formatManifest, shownPart } from './manifest-text.ts';

/** The manifest's own text: byte for byte, or indented for reading. */
export function ManifestTab({ image }: { image: Image }) {
  const { t, i18n } = useTranslation();
  const clipboard = useClipboard({ timeout: 1500 });
  const formatted = useMemo(() => formatManifest(image.raw), [image.raw]);
  const [view, setView] = useState<'formatted' | 'raw'>('formatted');
  const raw = view === 'raw' || formatted === undefined;
  const text = raw ? image.raw : formatted;
  const { text: shown, hidden } = shownPart(text);
  const bytes = useMemo(() => new TextEncoder().encode(image.raw).length, [image.raw]);
  return (
    <>
      <div className={classes.manifestBar}>
        <SegmentedControl
          size="xs"
          aria-label={t('image.manifest.view')}
          value={raw ? 'raw' : 'formatted'}
          onChange={(value) => setView(value === 'raw' ? 'raw' : 'formatted')}
          data={[
            { value: 'formatted', label: t('image.manifest.formatted'), disabled: formatted === undefined },
            { value: 'raw', label: t('image.manifest.raw') },
          ]}
        />
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={() => clipboard.copy(text)}
        >
          {clipboard.copied ? t('common.copied') : t('image.manifest.copy')}
        </Button>
        <span className={classes.mono}>{image.mediaType}</span>
        <Bytes value={bytes} />
        <Digest value={image.digest} />
      </div>
      {formatted === undefined && <span className={classes.note}>{t('image.manifest.notFormatted')}</span>}
      {hidden > 0 && (
        <span className={classes.note}>
          {t('image.manifest.hidden', { formatted: formatCount(hidden, i18n.language) })}
        </span>
      )}
      <ScrolledText label={t('image.manifest.textLabel')} wrap={raw} className={classes.manifestText}>
        {shown}
      </ScrolledText>
    </>
  );
}
