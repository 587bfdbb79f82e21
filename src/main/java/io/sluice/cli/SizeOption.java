package io.sluice.cli;

import io.sluice.cli.check.Request;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes, as Java's {@code -Xmx} takes it. */
final class SizeOption implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      return Request.bytes(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
