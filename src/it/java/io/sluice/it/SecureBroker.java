package io.sluice.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;

/**
 * One broker with all logins, each on the listener of its kind, and an authorizer that allows
 * nothing but what is granted. The test itself is the superuser, on the plain listener.
 */
final class SecureBroker implements AutoCloseable {
  static final String TLS = "TLS";
  static final String MUTUAL = "MUTUAL";
  static final String LOGIN = "LOGIN";

  private static final String PACKAGE = "org.apache.kafka.common.security.";

  /** The least that Kafka allows. */
  private static final int ITERATIONS = 4096;

  private final KafkaBroker broker;
  private final Admin admin;

  /**
   * @param plainUsers users of PLAIN and their passwords
   */
  SecureBroker(
      Path folder,
      Certificates certificates,
      String storePassword,
      Path ownKey,
      Path clientKey,
      Map<String, String> plainUsers,
      TokenService tokens) {
    var plain = new StringBuilder(PACKAGE + "plain.PlainLoginModule required");
    plainUsers.forEach(
        (user, password) ->
            plain.append(" user_").append(user).append("=\"").append(password).append('"'));
    String login = "listener.name.login.";
    broker =
        new KafkaBroker(folder)
            .with("auto.create.topics.enable", "false")
            .with(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("super.users", "User:ANONYMOUS")
            .with("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500")
            .with("ssl.keystore.location", ownKey.toString())
            .with("ssl.keystore.password", storePassword)
            .listener(TLS, "SSL")
            .listener(MUTUAL, "SSL")
            .with("listener.name.mutual.ssl.client.auth", "required")
            .with(
                "listener.name.mutual.ssl.truststore.location",
                certificates.trustStore("clients", clientKey).toString())
            .with("listener.name.mutual.ssl.truststore.password", storePassword)
            .with("listener.name.mutual.ssl.principal.mapping.rules", "RULE:^CN=(.*)$/$1/")
            .listener(LOGIN, "SASL_SSL")
            .with(login + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512,OAUTHBEARER")
            .with(login + "plain.sasl.jaas.config", plain + ";")
            .with(
                login + "scram-sha-512.sasl.jaas.config",
                PACKAGE + "scram.ScramLoginModule required;")
            .with(
                login + "oauthbearer.sasl.jaas.config",
                PACKAGE + "oauthbearer.OAuthBearerLoginModule required;")
            .with(
                login + "oauthbearer.sasl.server.callback.handler.class",
                PACKAGE + "oauthbearer.OAuthBearerValidatorCallbackHandler")
            .with(login + "oauthbearer.sasl.oauthbearer.jwks.endpoint.url", tokens.keySet())
            .with(login + "oauthbearer.sasl.oauthbearer.expected.audience", TokenService.AUDIENCE)
            .option("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + tokens.keySet())
            .start();
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  KafkaBroker broker() {
    return broker;
  }

  /** Makes a user of SCRAM-SHA-512, or gives it another password. */
  void scramUser(String user, String password) {
    var credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
    UserScramCredentialAlteration change =
        new UserScramCredentialUpsertion(user, credential, password);
    get(admin.alterUserScramCredentials(List.of(change)).all());
  }

  void grant(Collection<AclBinding> rights) {
    get(admin.createAcls(rights).all());
  }

  void revoke(Collection<AclBinding> rights) {
    get(admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList()).all());
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    broker.close();
  }

  private static <T> void get(KafkaFuture<T> answer) {
    try {
      answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
