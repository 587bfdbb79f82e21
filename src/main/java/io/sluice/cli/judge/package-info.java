/** Runs rules on lines for people to look at. */
@NullMarked
package io.sluice.cli.judge;

import org.jspecify.annotations.NullMarked;
