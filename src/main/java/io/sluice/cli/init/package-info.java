/** Writes an agent's first configuration after a look at its logs. */
@NullMarked
package io.sluice.cli.init;

import org.jspecify.annotations.NullMarked;
