import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CleanupRules, RuleProblem } from '../../src-main/common/cleanup.ts';
import { api } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';
import { cleanupQueries } from './queries.ts';

export interface Draft {
  /** As a file. */
  readonly text: string;
  /** As fields; undefined where the text was typed and is not understood. */
  readonly rules: CleanupRules | undefined;
  readonly problems: readonly RuleProblem[];
  /** The text was read: what is here is true of it. */
  readonly isRead: boolean;
  setText: (text: string) => void;
  setRules: (rules: CleanupRules) => void;
}

/** Rules as text and as fields, of which either follows the other. */
export function useDraft(initial: string): Draft {
  const [text, setText] = useState(initial);
  const [rules, setRules] = useState<CleanupRules>();
  // What was changed last: fields are not taken from a text that is behind them.
  const [isTyped, setTyped] = useState(true);
  const turn = useRef(0);
  const read = useQuery(cleanupQueries.read(text));
  const isRead = read.data !== undefined && !read.isPlaceholderData;
  const problems = read.data && 'problems' in read.data ? read.data.problems : [];
  useEffect(() => {
    if (isTyped && isRead && read.data && 'rules' in read.data) setRules(read.data.rules);
  }, [read.data, isRead, isTyped]);
  return {
    text,
    rules: isTyped && problems.length > 0 ? undefined : rules,
    problems,
    isRead,
    setText: (next) => {
      turn.current += 1;
      setTyped(true);
      setText(next);
    },
    setRules: (next) => {
      turn.current += 1;
      const own = turn.current;
      setTyped(false);
      setRules(next);
      api.rules.write({ rules: next }).then((written) => {
        if (turn.current === own) setText(written.text);
      }, toastFailure);
    },
  };
}
