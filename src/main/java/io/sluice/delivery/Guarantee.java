package io.sluice.delivery;

/** What a sink promises of each line, if the agent or the machine dies at any moment. */
public enum Guarantee {
  /** Nothing is lost; the last moment's lines may come again. */
  AT_LEAST_ONCE,
  /** Nothing is lost and nothing comes twice, for consumers that read committed records only. */
  EXACTLY_ONCE
}
