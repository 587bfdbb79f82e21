/** Tails log files into a Flume channel. */
@NullMarked
package io.sluice.source;

import org.jspecify.annotations.NullMarked;
