/** How far files were read, kept on disk, and how their bytes are known again. */
@NullMarked
package io.sluice.source.positions;

import org.jspecify.annotations.NullMarked;
