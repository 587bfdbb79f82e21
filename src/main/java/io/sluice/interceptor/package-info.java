/** The range validator as a Flume interceptor. */
@NullMarked
package io.sluice.interceptor;

import org.jspecify.annotations.NullMarked;
