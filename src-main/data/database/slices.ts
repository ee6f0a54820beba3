/** Work on many items as a task does it: some at a time, each time in a slice of its own. */
export function* inSlices<Item>(
  items: readonly Item[],
  size: number,
  work: (some: readonly Item[]) => void,
): Generator<void, void, void> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) yield;
    work(items.slice(start, start + size));
  }
}
