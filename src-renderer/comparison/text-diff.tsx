import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TextHunk } from '../../src-main/common/comparison.ts';
import { ScrolledText } from '../ui/scrolled-text.tsx';
import classes from './comparison.module.css';
import { type LineRow, shownHunks, splitRows, unifiedRows } from './text-lines.ts';

export interface TextDiffProps {
  hunks: readonly TextHunk[];
  view: 'split' | 'unified';
}

/** The lines in which two texts differ, with a few around them. All of it is text, whatever the file is. */
export function TextDiff({ hunks, view }: TextDiffProps) {
  const { t } = useTranslation();
  const { shown, whole } = shownHunks(hunks);
  const rowsOf = view === 'split' ? splitRows : unifiedRows;
  return (
    <>
      <ScrolledText label={t('comparison.textLabel')} className={classes.text}>
        <table className={classes.lines} data-view={view}>
          {shown.map((hunk) => (
            <tbody key={`${hunk.left} ${hunk.right}`} className={classes.hunk}>
              {rowsOf(hunk).map((row) =>
                view === 'split' ? (
                  <SplitRow key={keyOf(row)} row={row} />
                ) : (
                  <UnifiedRow key={keyOf(row)} row={row} />
                ),
              )}
            </tbody>
          ))}
        </table>
      </ScrolledText>
      {!whole && <p className={classes.quiet}>{t('comparison.textCut')}</p>}
    </>
  );
}

const keyOf = ({ left, right }: LineRow) => `${left?.number ?? ''} ${right?.number ?? ''}`;

const SIGNS = { same: ' ', changed: ' ', onlyLeft: '−', onlyRight: '+' } as const;

function Sign({ state }: { state: 'same' | 'onlyLeft' | 'onlyRight' }) {
  const { t } = useTranslation();
  return (
    <td className={classes.sign}>
      <span aria-hidden>{SIGNS[state]}</span>
      {state !== 'same' && <VisuallyHidden>{t(`comparison.lineStates.${state}`)}</VisuallyHidden>}
    </td>
  );
}

function UnifiedRow({ row: { state, left, right } }: { row: LineRow }) {
  const shown = state === 'onlyLeft' || state === 'onlyRight' ? state : 'same';
  return (
    <tr data-line={shown}>
      <td className={classes.lineNumber}>{left?.number}</td>
      <td className={classes.lineNumber}>{right?.number}</td>
      <Sign state={shown} />
      <td className={classes.lineText}>{left?.text ?? right?.text}</td>
    </tr>
  );
}

function SplitRow({ row: { state, left, right } }: { row: LineRow }) {
  const half = (line: LineRow['left'], own: 'onlyLeft' | 'onlyRight') => {
    const shown = state === 'same' || !line ? 'same' : own;
    return (
      <>
        <td className={classes.lineNumber}>{line?.number}</td>
        <Sign state={shown} />
        <td className={classes.lineText} data-line={shown} data-absent={!line || undefined}>
          {line?.text}
        </td>
      </>
    );
  };
  return (
    <tr>
      {half(left, 'onlyLeft')}
      {half(right, 'onlyRight')}
    </tr>
  );
}
