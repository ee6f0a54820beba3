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
import { findInLines, jsonLines, markedParts, textOfLines, unfoldedTo } from './json-lines.ts';
import { JsonView } from './json-view.tsx';
import { ManifestSearch } from './manifest-search.tsx';
import { shownPart } from './manifest-text.ts';

const NOTHING: ReadonlySet<number> = new Set();

/** The manifest's own text: byte for byte, or laid out for reading. */
export function ManifestTab({ image }: { image: Image }) {
  const { t, i18n } = useTranslation();
  const clipboard = useClipboard({ timeout: 1500 });
  const laidOut = useMemo(() => jsonLines(image.raw), [image.raw]);
  const [view, setView] = useState<'formatted' | 'raw'>('formatted');
  const raw = view === 'raw' || laidOut === undefined;
  const { text: shown, hidden } = useMemo(() => shownPart(image.raw), [image.raw]);
  const bytes = useMemo(() => new TextEncoder().encode(image.raw).length, [image.raw]);
  // Raw text is looked through as one line.
  const lines = useMemo(
    () => (raw ? [{ depth: 0, parts: [{ kind: 'text' as const, text: shown }] }] : laidOut),
    [raw, shown, laidOut],
  );
  const [folded, setFolded] = useState(NOTHING);
  const [wanted, setWanted] = useState('');
  const matches = useMemo(() => findInLines(lines, wanted), [lines, wanted]);
  const [step, setStep] = useState(0);
  const at = matches.length === 0 ? 0 : (step + matches.length) % matches.length;
  const goTo = (to: number) => {
    const next = matches.length === 0 ? 0 : (to + matches.length) % matches.length;
    setStep(next);
    const match = matches[next];
    if (match) setFolded((before) => unfoldedTo(lines, before, match.line));
  };
  return (
    <>
      <div className={classes.manifestBar}>
        <SegmentedControl
          size="xs"
          aria-label={t('image.manifest.view')}
          value={raw ? 'raw' : 'formatted'}
          onChange={(value) => setView(value === 'raw' ? 'raw' : 'formatted')}
          data={[
            { value: 'formatted', label: t('image.manifest.formatted'), disabled: laidOut === undefined },
            { value: 'raw', label: t('image.manifest.raw') },
          ]}
        />
        <ManifestSearch
          text={wanted}
          onText={(text) => {
            setWanted(text);
            setStep(0);
            // What is looked for may be anywhere.
            if (text !== '') setFolded(NOTHING);
          }}
          found={matches.length}
          at={at}
          onStep={(by) => goTo(at + by)}
        />
        {!raw && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => setFolded(folded.size > 0 ? NOTHING : outerFolds(laidOut))}
          >
            {t(folded.size > 0 ? 'image.manifest.unfoldAll' : 'image.manifest.foldAll')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={() => clipboard.copy(raw ? image.raw : textOfLines(laidOut))}
        >
          {clipboard.copied ? t('common.copied') : t('image.manifest.copy')}
        </Button>
      </div>
      <div className={classes.manifestFacts}>
        <span className={classes.mono}>{image.mediaType}</span>
        <Bytes value={bytes} />
        <Digest value={image.digest} />
      </div>
      {laidOut === undefined && <span className={classes.note}>{t('image.manifest.notFormatted')}</span>}
      {raw && hidden > 0 && (
        <span className={classes.note}>
          {t('image.manifest.hidden', { formatted: formatCount(hidden, i18n.language) })}
        </span>
      )}
      {raw ? (
        <ScrolledText label={t('image.manifest.textLabel')} wrap className={classes.manifestText}>
          {markedParts(lines[0]?.parts ?? [], matches).map(({ text, match }, position) =>
            match === undefined ? (
              text
            ) : (
              <mark
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text; the current one is drawn anew, so that it is gone to
                key={`${position} ${match === at}`}
                ref={match === at ? bringIntoView : undefined}
                data-current={match === at || undefined}
              >
                {text}
              </mark>
            ),
          )}
        </ScrolledText>
      ) : (
        <JsonView
          label={t('image.manifest.textLabel')}
          lines={laidOut}
          folded={folded}
          onFold={setFolded}
          matches={matches}
          current={matches[at]}
        />
      )}
    </>
  );
}

/** All that can be folded but the whole. */
function outerFolds(lines: NonNullable<ReturnType<typeof jsonLines>>): ReadonlySet<number> {
  return new Set(lines.flatMap(({ depth, end }, at) => (end !== undefined && depth === 1 ? [at] : [])));
}

function bringIntoView(mark: HTMLElement | null): void {
  mark?.scrollIntoView({ block: 'nearest' });
}
