/** How the bundle speaks in the agent's log. */
@NullMarked
package io.sluice.logging;

import org.jspecify.annotations.NullMarked;
