/** An HTTP server that costs bounded memory and time, whoever talks to it. */
@NullMarked
package io.sluice.http;

import org.jspecify.annotations.NullMarked;
