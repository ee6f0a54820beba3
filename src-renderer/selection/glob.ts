/**
 * A test for names by what was typed: patterns apart by spaces or commas, of which one must match. `*` is any run of characters, `?`
 * one; a word without either is looked for anywhere in a name. Upper and lower case are told apart, as registries do. Undefined where
 * nothing is typed.
 */
export function globTest(typed: string): ((name: string) => boolean) | undefined {
  const patterns = typed.split(/[\s,]+/).filter(Boolean);
  if (patterns.length === 0) return undefined;
  const tests = patterns.map((pattern) =>
    /[*?]/.test(pattern)
      ? (name: string) => matchesPattern(pattern, name)
      : (name: string) => name.includes(pattern),
  );
  return (name) => tests.some((test) => test(name));
}

/** Of the whole name. Goes back to the last star only, so that no pattern takes longer than its length times the name's. */
export function matchesPattern(pattern: string, name: string): boolean {
  let [at, inName, star, from] = [0, 0, -1, 0];
  while (inName < name.length) {
    if (pattern[at] === '*') {
      star = at++;
      from = inName;
    } else if (pattern[at] === '?' || pattern[at] === name[inName]) {
      at++;
      inName++;
    } else if (star >= 0) {
      at = star + 1;
      inName = ++from;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
