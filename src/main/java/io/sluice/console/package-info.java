/** The agent's console: dashboard, metrics and health over HTTP. */
@NullMarked
package io.sluice.console;

import org.jspecify.annotations.NullMarked;
