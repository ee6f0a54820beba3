import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type JsonLine, type Match, markedParts, shownLines, textOf } from './json-lines.ts';
import classes from './json-view.module.css';

const LINE_HEIGHT = 20;
const OVERSCAN = 12;
/** Characters that the longest line is drawn with beyond its text: indent, button, what a folded one says. */
const BESIDE = 24;

export interface JsonViewProps {
  /** Its name for screen readers. */
  label: string;
  lines: readonly JsonLine[];
  /** Positions of lines whose content is not shown. */
  folded: ReadonlySet<number>;
  onFold: (folded: ReadonlySet<number>) => void;
  matches: readonly Match[];
  /** The one to go to. */
  current: Match | undefined;
}

/**
 * JSON in colours, as a tree: one stop of the Tab key; arrows, Home, End and the page keys move, left folds and right opens. Only
 * the lines in view are drawn.
 */
export function JsonView({ label, lines, folded, onFold, matches, current }: JsonViewProps) {
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const shown = useMemo(() => shownLines(lines, folded), [lines, folded]);
  const byLine = useMemo(() => Map.groupBy(matches, ({ line }) => line), [matches]);
  const width = useMemo(
    () =>
      lines.reduce((longest, line) => Math.max(longest, line.depth * 2 + textOf(line).length), 0) + BESIDE,
    [lines],
  );
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
  });
  // It is gone to once, not again whenever lines are folded.
  const goneTo = useRef<Match>(undefined);
  useEffect(() => {
    if (current === goneTo.current) return;
    goneTo.current = current;
    if (!current) return;
    setActive(current.line);
    virtualizer.scrollToIndex(shown.indexOf(current.line), { align: 'center' });
  }, [current, shown, virtualizer]);

  const toggle = (at: number) => {
    const next = new Set(folded);
    if (!next.delete(at)) next.add(at);
    onFold(next);
    setActive(at);
  };
  const place = shown.indexOf(active);
  const move = (to: number) => {
    const index = Math.max(0, Math.min(shown.length - 1, to));
    setActive(shown[index] ?? 0);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  };
  /** The line that opens what this one is in. */
  const outer = () =>
    shown.slice(0, place).findLastIndex((at) => (lines[at]?.depth ?? 0) < (lines[active]?.depth ?? 0));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / LINE_HEIGHT) - 1);
    const opens = lines[active]?.end !== undefined;
    const isFolded = folded.has(active);
    if (event.key === 'ArrowDown') move(place + 1);
    else if (event.key === 'ArrowUp') move(place - 1);
    else if (event.key === 'PageDown') move(place + page);
    else if (event.key === 'PageUp') move(place - page);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(shown.length - 1);
    else if ((event.key === 'Enter' || event.key === ' ') && opens) toggle(active);
    else if (event.key === 'ArrowRight') {
      if (opens && isFolded) toggle(active);
      else move(place + 1);
    } else if (event.key === 'ArrowLeft') {
      if (opens && !isFolded) toggle(active);
      else move(outer());
    } else return;
    event.preventDefault();
  };

  const items = virtualizer.getVirtualItems();
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      tabIndex={0}
      className={classes.view}
      aria-activedescendant={items.some(({ index }) => index === place) ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div
        role="none"
        className={classes.lines}
        style={{ height: virtualizer.getTotalSize(), minWidth: `${width}ch` }}
      >
        {items.map(({ index, start }) => {
          const at = shown[index] ?? 0;
          const line = lines[at];
          if (!line) return null;
          return (
            <Line
              key={at}
              id={`${id}-${at}`}
              line={line}
              close={lines[line.end ?? -1]}
              top={start}
              folded={folded.has(at)}
              active={at === active}
              matches={byLine.get(at) ?? NONE}
              current={current}
              foldLabel={t(folded.has(at) ? 'image.manifest.unfold' : 'image.manifest.fold')}
              entries={t('image.manifest.entries', { count: line.entries ?? 0 })}
              onActive={() => setActive(at)}
              onToggle={() => toggle(at)}
            />
          );
        })}
      </div>
    </div>
  );
}

const NONE: readonly Match[] = [];

interface LineProps {
  id: string;
  line: JsonLine;
  /** The line that closes what it opens. */
  close: JsonLine | undefined;
  top: number;
  folded: boolean;
  active: boolean;
  matches: readonly Match[];
  current: Match | undefined;
  foldLabel: string;
  entries: string;
  onActive: () => void;
  onToggle: () => void;
}

function Line(props: LineProps) {
  const { id, line, close, top, folded, active, matches, current, foldLabel, entries } = props;
  return (
    // biome-ignore-start lint/a11y/useFocusableInteractive: the tree holds the focus and has the keys
    // biome-ignore-start lint/a11y/useKeyWithClickEvents: as above
    <div
      id={id}
      role="treeitem"
      aria-level={line.depth + 1}
      aria-expanded={close && !folded}
      aria-selected={active}
      className={classes.line}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: `calc(22px + ${line.depth * 2}ch)` }}
      onClick={props.onActive}
    >
      {close && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.fold}
          data-folded={folded || undefined}
          aria-label={foldLabel}
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle();
          }}
        />
      )}
      {markedParts(line.parts, matches).map(({ kind, text, match }, position) => {
        const found = match === undefined ? undefined : matches[match];
        const isCurrent = found !== undefined && found === current;
        const Piece = found ? 'mark' : 'span';
        return (
          <Piece
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line; a current one is drawn anew, so that it is gone to
            key={`${position} ${isCurrent}`}
            ref={isCurrent ? scrollAcross : undefined}
            data-kind={kind}
            data-current={isCurrent || undefined}
          >
            {text}
          </Piece>
        );
      })}
      {folded && close && (
        <>
          <span className={classes.folded}>{entries}</span>
          {close.parts.map(({ kind, text }) => (
            <span key={text} data-kind={kind}>
              {text}
            </span>
          ))}
        </>
      )}
    </div>
    // biome-ignore-end lint/a11y/useKeyWithClickEvents: as above
    // biome-ignore-end lint/a11y/useFocusableInteractive: the tree holds the focus and has the keys
  );
}

/** Brings what was found far along a line into view; up and down its line was gone to already. */
function scrollAcross(mark: HTMLElement | null): void {
  const view = mark?.closest('[role="tree"]');
  if (!mark || !view) return;
  const { left, right } = mark.getBoundingClientRect();
  const frame = view.getBoundingClientRect();
  if (left < frame.left) view.scrollLeft -= frame.left - left + 40;
  else if (right > frame.right) view.scrollLeft += right - frame.right + 40;
}
