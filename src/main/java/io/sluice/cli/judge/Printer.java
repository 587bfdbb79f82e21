package io.sluice.cli.judge;

import io.sluice.validate.Verdict;
import java.io.IOException;

/** Prints lines as they are judged, and the summary at the end. */
interface Printer {
  /**
   * @param number of the line in its file, from 1
   * @param offset of its first byte
   */
  void line(String file, long number, long offset, byte[] line, Verdict verdict, Marks marks)
      throws IOException;

  /** A line that the rules on trial would send another way. */
  void flip(String file, long number, long offset, byte[] line, Verdict verdict, Verdict trial)
      throws IOException;

  void summary(Summary summary) throws IOException;
}
