/** Vitest fails a run on an unhandled rejection by itself; warnings of the process are made to fail it here as well. */
process.on('warning', (warning) => {
  if (warning.name === 'ExperimentalWarning') return; // node:sqlite announces itself
  throw warning;
});
