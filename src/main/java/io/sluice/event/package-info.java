/** What travels through the channel: the log event and the names of its headers. */
@NullMarked
package io.sluice.event;

import org.jspecify.annotations.NullMarked;
