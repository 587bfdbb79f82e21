/** From the bytes of files to batches of events. */
@NullMarked
package io.sluice.source.lines;

import org.jspecify.annotations.NullMarked;
