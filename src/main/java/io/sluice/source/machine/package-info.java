/** What the source uses of the machine: clock, files, signals of changes. */
@NullMarked
package io.sluice.source.machine;

import org.jspecify.annotations.NullMarked;
