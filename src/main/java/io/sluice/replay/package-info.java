/** Sends invalid records through the raw topic again, after the rules were corrected. */
@NullMarked
package io.sluice.replay;

import org.jspecify.annotations.NullMarked;
