/** What a source can be told, and what one was told. */
@NullMarked
package io.sluice.source.config;

import org.jspecify.annotations.NullMarked;
