import { Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { type CleanupRules, cleanupRules, type ReadRules } from '../../common/cleanup.ts';
import { BadPatterns, compileRules } from '../../engine/index.ts';
import type { RuleProblemCode } from '../../engine/vocabulary/cleanup.ts';
import { type Path, type Problem, problemsOf, told } from './problems.ts';

/** Of what is about a key and not what it says. */
const ABOUT_KEYS: ReadonlySet<RuleProblemCode> = new Set<RuleProblemCode>([
  'unknownKey',
  'together',
  'byAlone',
]);

/**
 * Rules of a text in YAML (JSON is some as well), or all that is wrong with it. Whatever is not understood is a problem: nothing that
 * decides what is deleted is passed over.
 */
export function readRules(text: string): ReadRules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0)
    return {
      problems: broken.map(({ message, pos: [start] }) => told(syntax(message), lines.linePos(start))),
    };
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Aliases of aliases, which lead to more than any file says.
    return { problems: [told(syntax(error instanceof Error ? error.message : String(error)), undefined)] };
  }
  const read = rulesOf(value);
  if ('rules' in read) return read;
  const problems = read.problems
    .map((problem) => ({ problem, start: startOf(document, problem) }))
    .toSorted((one, other) => (one.start ?? 0) - (other.start ?? 0));
  return {
    problems: problems.map(({ problem, start }) =>
      told(problem, start === undefined ? undefined : lines.linePos(start)),
    ),
  };
}

function syntax(words: string): Problem {
  return { code: 'syntax', path: [], words };
}

/** Rules of a value that is none yet, or all that is wrong with it. */
export function rulesOf(value: unknown): { rules: CleanupRules } | { problems: Problem[] } {
  const { success, data, error } = cleanupRules.safeParse(value);
  if (!success) return { problems: problemsOf(error.issues, value) };
  try {
    compileRules(data.rules);
    return { rules: data };
  } catch (bad) {
    if (!(bad instanceof BadPatterns)) throw bad;
    return {
      problems: bad.all.map(({ path, found, words }) => ({
        code: path.at(-1) === 'regex' ? 'regex' : 'pattern',
        path,
        found,
        words,
      })),
    };
  }
}

/** Where in the text it stands. */
function startOf(document: Document, { code, path, found }: Problem): number | undefined {
  const parent = nodeAt(document, path.slice(0, -1));
  const last = path.at(-1);
  if (ABOUT_KEYS.has(code) && isMap(parent)) {
    const key = parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key;
    return isNode(key) ? key.range?.[0] : undefined;
  }
  const node = nodeAt(document, path);
  // Of several patterns the one that is wrong.
  const one = isSeq(node) ? node.items.find((item) => isScalar(item) && item.value === found) : undefined;
  return (isNode(one) ? one : (node ?? parent))?.range?.[0];
}

function nodeAt(document: Document, path: Path): Node | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

/** Rules as text, an entry a line, as people write them; also those that have something wrong with them. */
export function writeRules(rules: object): string {
  const document = new Document(rules);
  visit(document, {
    Collection(key, node, path) {
      // Lists of names, and what is below an entry of a rule.
      const isEntry = isMap(node) && typeof key === 'number' && path.length > ENTRY_DEPTH;
      const isNames = isSeq(node) && node.items.length > 0 && node.items.every((item) => isScalar(item));
      if (isEntry || isNames) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** Nodes above an entry in a document: its rules, the rule, its list, and their pairs. */
const ENTRY_DEPTH = 5;
