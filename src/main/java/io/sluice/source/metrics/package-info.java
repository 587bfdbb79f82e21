/** What the source counts. */
@NullMarked
package io.sluice.source.metrics;

import org.jspecify.annotations.NullMarked;
