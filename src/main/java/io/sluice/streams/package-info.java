/** The range validator as a Kafka Streams application. */
@NullMarked
package io.sluice.streams;

import org.jspecify.annotations.NullMarked;
