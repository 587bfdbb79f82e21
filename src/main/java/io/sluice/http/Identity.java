package io.sluice.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A private key and the certificates that go with it, the server's own first. */
final class Identity {
  private final PrivateKey key;
  private final X509Certificate[] chain;

  private Identity(PrivateKey key, X509Certificate[] chain) throws GeneralSecurityException {
    this.key = key;
    this.chain = chain;
    if (!belongTogether()) {
      throw new GeneralSecurityException("key and certificate do not belong together");
    }
  }

  static Identity of(List<X509Certificate> chain, Pem keys) throws GeneralSecurityException {
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("it holds no certificate in PEM");
    }
    PrivateKey key = keys.privateKey(chain.get(0).getPublicKey().getAlgorithm());
    return new Identity(key, chain.toArray(X509Certificate[]::new));
  }

  /** The first key of {@code store}. */
  static Identity in(KeyStore store, char[] password) throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, password) instanceof PrivateKey found) {
        return new Identity(
            found,
            Arrays.stream(store.getCertificateChain(alias))
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new));
      }
    }
    throw new GeneralSecurityException("it holds no private key");
  }

  PrivateKey key() {
    return key;
  }

  X509Certificate[] chain() {
    return chain.clone();
  }

  /** So that a renewal caught between its two files is seen. */
  private boolean belongTogether() throws GeneralSecurityException {
    PublicKey other = chain[0].getPublicKey();
    String algorithm = other.getAlgorithm();
    if (!key.getAlgorithm().equals(algorithm)) {
      return false;
    }
    String signing =
        switch (algorithm) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> algorithm;
        };
    byte[] sample = {1};
    Signature signature = Signature.getInstance(signing);
    signature.initSign(key);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(other);
    signature.update(sample);
    return signature.verify(signed);
  }
}
