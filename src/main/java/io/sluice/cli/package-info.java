/** The command line, {@code bin/sluice}. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
