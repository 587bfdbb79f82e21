/** {@code bin/cluster}: brokers on this machine, to look at and to break. */
package io.sluice.cluster;
