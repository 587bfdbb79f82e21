/** What components say of themselves through JMX, and how they say it. */
@NullMarked
package io.sluice.monitoring;

import org.jspecify.annotations.NullMarked;
