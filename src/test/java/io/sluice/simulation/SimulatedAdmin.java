package io.sluice.simulation;

import io.sluice.simulation.Call.Fault;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;

/** The few questions that the sink asks of Kafka's admin client. */
final class SimulatedAdmin implements InvocationHandler {
  private final Broker broker;
  private final Agent owner;
  private boolean closed;

  private SimulatedAdmin(Broker broker) {
    this.broker = broker;
    this.owner = broker.world().acting();
    broker.world().open(this);
  }

  static Admin create(Broker broker, Map<String, Object> properties) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, new SimulatedAdmin(broker));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    switch (method.getName()) {
      case "close":
        if (!closed) {
          closed = true;
          broker.world().closed(this);
        }
        return null;
      case "describeConfigs":
        return configs((Collection<?>) arguments[0]);
      case "describeTopics":
        if (arguments[0] instanceof Collection<?> names) {
          return topics(names);
        }
        break;
      case "listOffsets":
        return ends((Map<?, ?>) arguments[0]);
      case "createTopics":
        return create((Collection<?>) arguments[0]);
      case "hashCode":
        return System.identityHashCode(proxy);
      case "equals":
        return proxy == arguments[0];
      case "toString":
        return "simulated admin";
      default:
        break;
    }
    throw new UnsupportedOperationException("not simulated: " + method);
  }

  /** What goes wrong with the call, or null. */
  private RuntimeException trouble() {
    owner.checkAlive();
    Fault fault = broker.next(Call.ADMIN);
    if (fault == Fault.KILLED_BEFORE || fault == Fault.KILLED_AFTER) {
      throw broker.world().killed("while it asked the brokers");
    }
    if (fault == Fault.OVERTAKEN) {
      broker.world().otherAgentActs();
    }
    if (broker.isAway() || fault == Fault.TIMED_OUT || fault == Fault.ANSWER_LOST) {
      broker.world().pass(10_000_000_000L);
      return new TimeoutException("Timed out waiting for a node assignment");
    }
    if (fault == Fault.DENIED || fault == Fault.FAILED) {
      return new TopicAuthorizationException("Topic authorization failed.");
    }
    return null;
  }

  private static <T> KafkaFuture<T> answer(RuntimeException error, T value) {
    var future = new KafkaFutureImpl<T>();
    if (error == null) {
      future.complete(value);
    } else {
      future.completeExceptionally(error);
    }
    return future;
  }

  private RuntimeException missing(RuntimeException trouble, String name) {
    return trouble == null && broker.topic(name) == null
        ? new UnknownTopicOrPartitionException("This server does not host this topic-partition.")
        : trouble;
  }

  private Object configs(Collection<?> resources) {
    RuntimeException trouble = trouble();
    Map<ConfigResource, KafkaFuture<Config>> answers = new HashMap<>();
    for (Object resource : resources) {
      var named = (ConfigResource) resource;
      RuntimeException error = missing(trouble, named.name());
      List<ConfigEntry> entries = new ArrayList<>();
      if (error == null) {
        broker
            .topic(named.name())
            .settings
            .forEach((key, value) -> entries.add(new ConfigEntry(key, value)));
      } else if (error instanceof TopicAuthorizationException
          && broker.topic(named.name()) != null) {
        broker.topic(named.name()).unseen = true;
      }
      answers.put(named, answer(error, new Config(entries)));
    }
    return new DescribeConfigsResult(answers) {};
  }

  private Object topics(Collection<?> names) {
    RuntimeException trouble = trouble();
    Map<String, KafkaFuture<TopicDescription>> answers = new HashMap<>();
    for (Object name : names) {
      RuntimeException error = missing(trouble, name.toString());
      List<TopicPartitionInfo> partitions = new ArrayList<>();
      if (error == null) {
        var node = new Node(1, "simulated", 9092);
        for (int i = 0; i < broker.topic(name.toString()).partitions.size(); i++) {
          partitions.add(new TopicPartitionInfo(i, node, List.of(node), List.of(node)));
        }
      }
      answers.put(
          name.toString(), answer(error, new TopicDescription(name.toString(), false, partitions)));
    }
    return new DescribeTopicsResult(null, answers) {};
  }

  /** The ends of partitions, whatever transactions are open before them. */
  private Object ends(Map<?, ?> partitions) {
    RuntimeException trouble = trouble();
    Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> answers = new HashMap<>();
    for (Object key : partitions.keySet()) {
      var partition = (TopicPartition) key;
      RuntimeException error = missing(trouble, partition.topic());
      long end =
          error == null
              ? broker.topic(partition.topic()).partitions.get(partition.partition()).size()
              : 0;
      answers.put(partition, answer(error, new ListOffsetsResultInfo(end, -1, Optional.empty())));
    }
    return new ListOffsetsResult(answers);
  }

  private Object create(Collection<?> wanted) {
    RuntimeException trouble = trouble();
    Map<String, KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig>> answers = new HashMap<>();
    for (Object next : wanted) {
      var topic = (NewTopic) next;
      RuntimeException error = trouble;
      if (error == null && broker.topic(topic.name()) != null) {
        error = new TopicExistsException("Topic '" + topic.name() + "' already exists.");
      }
      if (error == null) {
        Topic created = broker.create(topic.name(), Math.max(1, topic.numPartitions()));
        if (topic.configs() != null) {
          created.settings.putAll(topic.configs());
        }
      }
      answers.put(topic.name(), answer(error, null));
    }
    return new CreateTopicsResult(answers) {};
  }
}
