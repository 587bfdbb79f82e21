/** Finds every mistake in an agent's configuration before the agent does. */
@NullMarked
package io.sluice.cli.check;

import org.jspecify.annotations.NullMarked;
