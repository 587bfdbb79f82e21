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
   * What Kafka has under a delivery id.
   *
   * @param lastBatch name of the last batch that was committed; empty if there is none
   */
  record Committed(List<Position> positions, String lastBatch) {
    /** Where Kafka keeps no positions. */
    public static final Committed NOTHING = new Committed(List.of(), "");
  }

  /**
   * Connects. Under exactly-once this fences every older sink with the same delivery id and returns
   * what was committed under it, up to the last.
   *
   * @param again this sink object has been connected before: if another has taken its delivery id
   *     since, it must not take it back
   * @throws FencedException if another sink has
   */
  Committed open(boolean again) throws DeliveryException, InterruptedException;

  /** Whether any broker answers, as far as the client knows while nothing is sent. */
  boolean isReachable();

  /**
   * Begins a batch. Under exactly-once the one before must have been committed; otherwise it may
   * still be on its way.
   *
   * @param single it will have one event, and it has to be found out which record Kafka refuses
   */
  Batch begin(boolean single);

  /**
   * Some events that are delivered together: {@link #ship} for each, {@link #finish}, {@link
   * #commit}.
   */
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
     * Waits until every record of every event was handed over and answered. Under exactly-once
     * {@code positions} and the batch's name are part of the transaction; there need be no event.
     *
     * @param name of the batch, which no other has
     * @return false if Kafka refused a record for good and the transaction was aborted: then fewer
     *     events are to be shipped, until the refused one is alone
     */
    boolean finish(List<Position> positions, String name)
        throws DeliveryException, InterruptedException;

    /** Commits the transaction, if there is one. After an exception the outcome is unknown. */
    void commit() throws DeliveryException, InterruptedException;

    /**
     * Ends a batch that nobody will commit, when the shipper is closed.
     *
     * @return whether Kafka is known to have every record of every event; never under exactly-once,
     *     where the commit decides
     */
    boolean abandon();
  }

  /** Lets go of the client; records on their way are given {@code patience} to arrive. */
  void close(Duration patience);
}
