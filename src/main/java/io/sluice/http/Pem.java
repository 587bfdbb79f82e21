package io.sluice.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468). Immutable. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final class Block {
    final String label;
    final byte[] content;

    Block(String label, byte[] content) {
      this.label = label;
      this.content = content;
    }
  }

  private final List<Block> blocks;

  private Pem(List<Block> blocks) {
    this.blocks = blocks;
  }

  static boolean isPem(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  static Pem parse(byte[] bytes) throws GeneralSecurityException {
    var blocks = new ArrayList<Block>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      for (MatchResult found : BLOCK.matcher(text).results().toList()) {
        blocks.add(new Block(found.group(1), Base64.getMimeDecoder().decode(found.group(2))));
      }
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("a PEM block is not Base64", e);
    }
    return new Pem(blocks);
  }

  List<X509Certificate> certificates() throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var certificates = new ArrayList<X509Certificate>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE")) {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content)));
      }
    }
    return certificates;
  }

  /**
   * The private key.
   *
   * @param algorithm that of the certificate's public key
   */
  PrivateKey privateKey(String algorithm) throws GeneralSecurityException {
    for (Block block : blocks) {
      if (block.label.equals("PRIVATE KEY")) {
        return KeyFactory.getInstance(algorithm)
            .generatePrivate(new PKCS8EncodedKeySpec(block.content));
      }
      if (block.label.endsWith("PRIVATE KEY")) {
        throw new GeneralSecurityException(
            "its key is a \"%s\"; make it a \"PRIVATE KEY\" with: openssl pkcs8 -topk8 -nodes -in OLD -out NEW"
                .formatted(block.label));
      }
    }
    throw new GeneralSecurityException("it holds no private key in PEM");
  }
}
