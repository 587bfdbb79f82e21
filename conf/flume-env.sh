# Read by flume-ng before it starts Java; copy it into the folder given with --conf.

# flume-ng's own default is -Xmx20m. The samples run in that too, only slower: it leaves the channel
# and the Kafka client little room. One source and one sink are well served by this.
JAVA_OPTS="-Xms256m -Xmx256m -XX:+UseSerialGC"

# Die at once when memory runs out, so that whatever watches the agent restarts it. What was in
# the channel is read again from the files.
JAVA_OPTS="$JAVA_OPTS -XX:+ExitOnOutOfMemoryError"

# A component of ours that is misconfigured ends the agent with status 78 and a message in the log and
# on standard error. Without this Flume runs on without that component.
JAVA_OPTS="$JAVA_OPTS -Dsluice.onInvalidConfig=exit"

# The console: http://localhost:41414/ for people, /metrics for Prometheus; see docs/operating.md.
# JAVA_OPTS="$JAVA_OPTS -Dflume.monitoring.type=io.sluice.console.Console"

export JAVA_OPTS
