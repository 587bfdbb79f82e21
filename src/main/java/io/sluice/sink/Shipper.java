package io.sluice.sink;

import io.sluice.delivery.Position;
import java.time.Duration;
import java.util.List;
import org.apache.flume.Event;

/**
 * The Kafka side of the sink: turns events into records and answers for their delivery. Implemented
 * in the class loader of our own Kafka client; everything else knows only this.
 *
 * <p>Used by one thread. After any exception the shipper is of no more use: {@link #close} it, give
 * back what is not delivered, and make a new one.
 */
public interface Shipper {
  /** Makes shippers; the one class of the Kafka side that is named, in {@link RoutingKafkaSink}. */
  interface Factory {
    /**
     * Makes a shipper that is not connected yet.
     *
     * @param instance tells this sink object from all others, for the fencing
     */
    Shipper create(SinkConfig config, String instance, SinkMetrics metrics);
  }

  /**
   * Connects. Under exactly-once this fences every older sink with the same delivery id and returns
   * the positions that were committed under it, up to the last.
   *
   * @param again this sink object has been connected before: if another has taken its delivery id
   *     since, it must not take it back
   * @throws FencedException if another sink has
   */
  List<Position> open(boolean again) throws DeliveryException, InterruptedException;

  /**
   * Begins a batch. Under exactly-once the one before must have been committed; otherwise it may
   * still be on its way.
   */
  Batch begin();

  /** Some events that are delivered together. {@link #ship} for each, then {@link #commit}. */
  interface Batch {
    /**
     * Hands the event's records to the Kafka client, which copies nothing and waits for nothing but
     * room in its buffer. Under exactly-once the first one begins the transaction.
     */
    void ship(Event event) throws DeliveryException, InterruptedException;

    /**
     * Waits at most {@code patience} until Kafka has answered for every record, well or not;
     * whether it has. Not under exactly-once.
     *
     * @throws InterruptedException if the thread is interrupted; an answered batch may say so first
     */
    boolean await(Duration patience) throws InterruptedException;

    /**
     * Waits until Kafka has all records of the batch. Under exactly-once adds {@code positions} to
     * the transaction and commits it; there need be no event.
     *
     * @return true if the batch is delivered; false if Kafka refused a record for good and the
     *     transaction was aborted: then the same events are to be shipped again, and the refused
     *     one will be described on the invalid topic instead
     */
    boolean commit(List<Position> positions) throws DeliveryException, InterruptedException;

    /**
     * Ends a batch that nobody will commit, when the shipper is closed.
     *
     * @return whether Kafka is known to have every record; never under exactly-once, where the
     *     commit decides
     */
    boolean abandon();
  }

  /** Lets go of the client; records on their way are given {@code patience} to arrive. */
  void close(Duration patience);
}
