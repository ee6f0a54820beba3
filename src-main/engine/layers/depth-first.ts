/** Goes down from what `children` gives, each before what is in it. @param inside undefined for what holds nothing */
export function* depthFirst<Item>(
  children: Iterator<Item>,
  inside: (item: Item) => Iterator<Item> | undefined,
): Generator<Item, void, void> {
  const open = [children];
  for (;;) {
    const next = open.at(-1)?.next();
    if (!next) return;
    if (next.done) {
      open.pop();
      continue;
    }
    yield next.value;
    const below = inside(next.value);
    if (below) open.push(below);
  }
}
