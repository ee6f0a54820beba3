import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagLine } from '../../src-main/common/tag.ts';
import { aroundName } from '../ui/around-name.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Chip } from '../ui/chip.tsx';
import { DateAge } from '../ui/date-age.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { formatPlatform, shortDigest } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { PendingCell } from '../ui/pending-cell.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import type { Notes } from '../vulnerabilities/queries.ts';
import { SeverityCounts } from '../vulnerabilities/severity.tsx';
import { kindsOf } from './attached-marks.ts';
import { type ChipActions, TagChips } from './tag-chips.tsx';
import { isAttachedKnown, type TagRow } from './tag-rows.ts';
import classes from './tags.module.css';

/** Rows are sorted where they are made: see order.ts. */
const sorts = () => 0;

export interface TagColumnsOptions extends ChipActions {
  onMenu: (row: TagRow, button: HTMLElement) => void;
  /** A row is an image. */
  grouped: boolean;
  /** There is less room for all of it. */
  narrow: boolean;
  /** The product says when images were pushed: that is what is looked for then, and when they were built is there to be chosen. */
  isPushed: boolean;
  /** What the registry notes of images: a column for each sort of notes that there are. */
  notes: Notes;
  /** Shows what a scan has found. */
  onFindings: (reference: string) => void;
}

/**
 * The columns of the tags table; their cells are given the words: asking `useTranslation` ten times in each row was most of what
 * a row cost while scrolling. The same array until the language, the repository or the room changes.
 */
export function useTagColumns(options: TagColumnsOptions): readonly VirtualColumn<TagRow>[] {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { hrefOf, onOpen, onToggle, onMore, onDrag, onDrop, onMenu, grouped, narrow, isPushed } = options;
  const { notes, onFindings } = options;
  return useMemo((): readonly VirtualColumn<TagRow>[] => {
    const actions = { hrefOf, onOpen, onToggle, onMore, onDrag, onDrop };
    const date = (of: 'created' | 'pushed'): VirtualColumn<TagRow> => ({
      id: of,
      header: t(`tags.${of}`),
      width: language.startsWith('zh') ? 168 : narrow ? 124 : 140,
      compare: sorts,
      descendingFirst: true,
      cell: (row) => (
        <Detail
          row={row}
          show={({ [of]: value }) =>
            value ? (
              <DateAge value={value} t={t} language={language} />
            ) : (
              <span className={classes.quiet}>–</span>
            )
          }
        />
      ),
    });
    const noted = [...notes.values()];
    const menuLabel = aroundName(t, 'common.rowActions');
    const moreLabel = remembered((count: number) => t('tags.moreTags', { count }));
    return [
      {
        id: 'name',
        header: t(grouped ? 'tags.onImage' : 'tags.name'),
        width: 160,
        grow: 1,
        fixed: true,
        compare: sorts,
        cell: (row, width, isBrief) => (
          <TagChips
            row={row}
            width={width}
            isBrief={isBrief}
            actions={actions}
            moreLabel={moreLabel}
            t={t}
            language={language}
          />
        ),
      },
      {
        id: 'platforms',
        header: t('tags.platforms'),
        width: narrow ? 108 : 148,
        cell: (row, width) => (
          <Detail
            row={row}
            show={(details) => <Platforms t={t} details={details} width={width} />}
            failure={t}
          />
        ),
      },
      {
        id: 'size',
        header: t('tags.size'),
        width: 72,
        align: 'end',
        compare: sorts,
        descendingFirst: true,
        cell: (row) => <Detail row={row} show={({ size }) => <Bytes value={size} />} />,
      },
      ...(isPushed ? [date('pushed')] : []),
      { ...date('created'), usuallyHidden: isPushed },
      {
        id: 'attached',
        header: t('tags.attached'),
        width: narrow ? 84 : 112,
        cell: (row, width) => <Attached t={t} row={row} width={width} />,
      },
      ...(noted.some(({ scan }) => scan)
        ? [
            {
              id: 'vulnerabilities',
              header: t('vulnerabilities.column'),
              width: narrow ? 100 : 132,
              cell: (row: TagRow) => <Scan t={t} row={row} onFindings={onFindings} />,
            },
          ]
        : []),
      ...(noted.some(({ labels }) => labels.length > 0)
        ? [
            {
              id: 'labels',
              header: t('administration.fields.labels'),
              width: narrow ? 84 : 112,
              cell: ({ note }: TagRow, width: number) =>
                note && <Badges words={note.labels} width={width} hint={note.labels.join(', ')} />,
            },
          ]
        : []),
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 96,
        // A narrow window has no room for it; a row's menu and its page have the digest too.
        usuallyHidden: narrow,
        cell: (row) => <Detail row={row} show={({ digest }) => <ShortDigest value={digest} />} />,
      },
      {
        id: 'menu',
        header: '',
        width: 28,
        align: 'end',
        fixed: true,
        cell: (row) => (
          <MoreButton label={menuLabel(nameOf(row))} onClick={(button) => onMenu(row, button)} />
        ),
      },
    ];
  }, [
    t,
    language,
    hrefOf,
    onOpen,
    onToggle,
    onMore,
    onDrag,
    onDrop,
    onMenu,
    grouped,
    narrow,
    isPushed,
    notes,
    onFindings,
  ]);
}

/** The same text for the same number, put together once: rows that scroll by have few different ones. */
function remembered(text: (count: number) => string): (count: number) => string {
  const known = new Map<number, string>();
  return (count) => {
    const before = known.get(count);
    if (before !== undefined) return before;
    const said = text(count);
    known.set(count, said);
    return said;
  };
}

/** What a row is called: by the tag that says most, or by its digest. */
export function nameOf({ tags: [first], id }: TagRow): string {
  return first?.name ?? id;
}

interface DetailProps {
  row: TagRow;
  show: (details: TagLine) => React.ReactNode;
  /** The words here for why there are no details. */
  failure?: TFunction;
}

/** A cell that needs the details: a grey bar while they are on their way. */
function Detail({ row, show, failure: t }: DetailProps) {
  if (row.details) return show(row.details);
  if (!row.failure) return <PendingCell />;
  if (!t) return <span className={classes.quiet}>–</span>;
  const reason = failureTitle(t, row.failure);
  return (
    <span data-hint={row.failure.reason ?? reason} className={classes.failed}>
      {t('tags.failed', { reason })}
    </span>
  );
}

/** The algorithm that goes without saying is left out. A row's menu copies the whole. */
function ShortDigest({ value }: { value: string }) {
  return (
    <span className={classes.digest} data-hint={value}>
      {shortDigest(value).replace(/^sha256:/, '')}
    </span>
  );
}

function Platforms({ t, details, width }: { t: TFunction; details: TagLine; width: number }) {
  const { kind, platforms, artifactType, mediaType } = details;
  if (kind !== 'image' && kind !== 'index')
    return <Badges words={[t(`tags.kinds.${kind}`)]} width={width} hint={artifactType ?? mediaType} />;
  const hint = platforms.map(formatPlatform).join(', ');
  return <Badges words={platforms.map(shortPlatform)} width={width} hint={hint} />;
}

/** Linux goes without saying, and so does the one variant of arm64 in use. */
function shortPlatform({ os, architecture, variant }: TagLine['platforms'][number]): string {
  const part = variant !== undefined && !(architecture === 'arm64' && variant === 'v8') ? `/${variant}` : '';
  return `${os === 'linux' ? '' : `${os}/`}${architecture}${part}`;
}

/** Present, and no more is known of it: nothing here was verified. Nothing in it means that nothing is there. */
function Attached({ t, row, width }: { t: TFunction; row: TagRow; width: number }) {
  const { attached, details } = row;
  if (attached === 0) {
    if (!details || isAttachedKnown(row)) return null;
    return (
      <span className={classes.unlooked} data-hint={t('tags.attachedUnknownHelp')}>
        {t('tags.attachedUnknown')}
      </span>
    );
  }
  const words = kindsOf(attached).map((kind) => t(`ui.attached.${kind}`));
  return (
    <Badges
      words={words}
      width={width}
      hint={`${words.join(t('tags.and'))}${t('ui.colon')}${t('ui.attached.help')}`}
    />
  );
}

/** What a scan has found, and the way to it; a scan that has not ended says how it stands. */
function Scan({
  t,
  row,
  onFindings,
}: {
  t: TFunction;
  row: TagRow;
  onFindings: (reference: string) => void;
}) {
  const scan = row.note?.scan;
  if (!scan) return null;
  if (scan.state !== 'done')
    return <span className={classes.quiet}>{t(`vulnerabilities.states.${scan.state}`)}</span>;
  return (
    <LinkButton label={t('vulnerabilities.show')} onClick={() => onFindings(nameOf(row))}>
      <SeverityCounts t={t} counts={scan.counts} />
    </LinkButton>
  );
}

/** Pixels of a badge: a character, what is around it, and "+3". */
const CHARACTER = 6.6;
const WIDE_CHARACTER = 11.5;
const AROUND = 18;
const MORE = 30;

interface BadgesProps {
  words: readonly string[];
  width: number;
  /** All of them. */
  hint: string;
}

/** As many words as there is room for, and how many more there are. */
function Badges({ words, width, hint }: BadgesProps) {
  let room = width + 4;
  const fits = (word: string, left: number) => {
    const wide = word.charCodeAt(0) > 0x2e80;
    room -= word.length * (wide ? WIDE_CHARACTER : CHARACTER) + AROUND;
    return room >= (left > 0 ? MORE : 0);
  };
  const cut = words.findIndex((word, index) => !fits(word, words.length - index - 1) && index > 0);
  const count = cut < 0 ? words.length : cut;
  return (
    <span className={classes.badges} data-hint={hint}>
      {words.slice(0, count).map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as in tag-chips.tsx
        <Chip key={index}>{word}</Chip>
      ))}
      {count < words.length && <Chip>+{words.length - count}</Chip>}
    </span>
  );
}
