/** What the programs of the command line ask of a Kafka cluster before they begin. */
@NullMarked
package io.sluice.kafkaclient.cluster;

import org.jspecify.annotations.NullMarked;
