/** Agents' configurations in ZooKeeper. */
@NullMarked
package io.sluice.cli.zookeeper;

import org.jspecify.annotations.NullMarked;
