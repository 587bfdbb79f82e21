/** Which files there are, and which is which under whatever name. */
@NullMarked
package io.sluice.source.files;

import org.jspecify.annotations.NullMarked;
