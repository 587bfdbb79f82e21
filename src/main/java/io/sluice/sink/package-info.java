/**
 * Routes events to raw, valid and invalid topics; what it needs of Kafka is in the package below.
 */
@NullMarked
package io.sluice.sink;

import org.jspecify.annotations.NullMarked;
