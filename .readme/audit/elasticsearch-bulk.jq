# JSON lines of `wharfinger audit --json` as a request to _bulk. What is there already is refused, and stays as it is.
{ create: { _id: (.hash // "earlier-\(.sequence)") } }, .
