/** Messages over HTTP: into the channel, and off a topic. */
@NullMarked
package io.sluice.gateway;

import org.jspecify.annotations.NullMarked;
