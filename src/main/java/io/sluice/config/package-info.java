/** Configuration declared once: keys, defaults, bounds and words in one place. */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
