/** Agents' consoles, watched from a terminal. */
@NullMarked
package io.sluice.cli.top;

import org.jspecify.annotations.NullMarked;
