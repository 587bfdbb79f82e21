/**
 * The range validator: numbers, intervals, field selectors, rules and verdicts; no Flume, no Kafka.
 */
@NullMarked
package io.sluice.validate;

import org.jspecify.annotations.NullMarked;
