import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionOutput } from '../../src-main/common/collection-facts.ts';
import { orpc } from '../api.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Banner } from '../ui/banner.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Card } from '../ui/card.tsx';
import { Digest } from '../ui/digest.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatCount } from '../ui/format.ts';
import classes from './collection.module.css';

/** As the contract allows. */
const LARGEST = 16 * 1024 * 1024;

/** Reads back what a dry run on the registry's host has printed: pasted, or from a file. */
export function Output({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [tooLarge, setTooLarge] = useState(false);
  const read = useMutation(orpc.collections.readOutput.mutationOptions());
  const weigh = (output: string) => read.mutate({ accountId, output });
  const open = async (file: File | null) => {
    if (!file) return;
    setTooLarge(file.size > LARGEST);
    if (file.size > LARGEST) return;
    const found = await file.text();
    setText(found);
    if (found !== '') weigh(found);
  };
  return (
    <Card title={t('freeing.output')} testId="output">
      <p className={classes.quiet}>{t('freeing.outputHelp')}</p>
      <Textarea
        aria-label={t('freeing.output')}
        placeholder="team/app: marking manifest sha256:…"
        classNames={{ input: classes.mono ?? '' }}
        rows={6}
        spellCheck={false}
        autoComplete="off"
        value={text}
        error={tooLarge && t('freeing.tooLarge')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.choices}>
        <ActionButton
          loading={read.isPending}
          reason={text.trim() === '' ? t('freeing.pasteFirst') : undefined}
          onClick={() => weigh(text)}
        >
          {t('freeing.weigh')}
        </ActionButton>
        <FileButton onChange={(file) => void open(file)} accept=".txt,.log,text/plain">
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileText size={14} />}>
              {t('freeing.openFile')}
            </Button>
          )}
        </FileButton>
      </div>
      {read.isError && <ErrorPanel error={read.error} />}
      {read.data && <Weighed output={read.data} />}
    </Card>
  );
}

function Weighed({ output }: { output: CollectionOutput }) {
  const { t, i18n } = useTranslation();
  const { blobs, known, unknown, manifests, needed, whole, ran, largest } = output;
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  return (
    <section aria-label={t('freeing.weighed')} data-testid="weighed" className={classes.freed}>
      {ran && <Banner tone="warning">{t('freeing.ran')}</Banner>}
      {!whole && <Banner tone="warning">{t('freeing.notWhole')}</Banner>}
      {needed.count > 0 && (
        <Banner tone="warning" role="alert">
          {t('freeing.needed', words(needed.count))}
        </Banner>
      )}
      <Facts>
        <Fact name={t(ran ? 'freeing.freed' : 'freeing.wouldFree')}>
          <Bytes value={known.bytes} />
        </Fact>
        <Fact name={t('freeing.blobs')}>{formatCount(blobs, i18n.language)}</Fact>
        {manifests > 0 && <Fact name={t('freeing.manifests')}>{formatCount(manifests, i18n.language)}</Fact>}
        {unknown > 0 && (
          <Fact name={t('freeing.unknownSize')}>{t('freeing.unknownBlobs', words(unknown))}</Fact>
        )}
      </Facts>
      {unknown > 0 && <p className={classes.quiet}>{t('freeing.unknownHelp')}</p>}
      <Contents title={t('freeing.neededTitle')} rows={needed.some.map(({ digest }) => ({ digest }))} />
      <Contents title={t('freeing.largest')} rows={largest} />
    </section>
  );
}

function Contents({ title, rows }: { title: string; rows: readonly { digest: string; size?: number }[] }) {
  if (rows.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul className={classes.contents}>
        {rows.map(({ digest, size }) => (
          <li key={digest}>
            <Digest value={digest} />
            {size !== undefined && <Bytes value={size} />}
          </li>
        ))}
      </ul>
    </div>
  );
}
