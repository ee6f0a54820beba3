# JSON lines of `wharfinger audit --json`, read with --slurp, as a request to Loki's push API: a stream for each machine and kind.
def nanoseconds: "\(.at[0:19] + "Z" | fromdate)\(.at[20:23])000000";
{
  streams: group_by([.machine, .kind]) | map({
    stream: { job: "wharfinger", machine: (.[0].machine // "unknown"), kind: (.[0].kind // "unknown") },
    values: map([nanoseconds, tojson])
  })
}
