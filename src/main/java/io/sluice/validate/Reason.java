package io.sluice.validate;

/** Why a line is invalid. The names are public: they travel as headers and name counters. */
public enum Reason {
  /** Smaller than every interval of the range. */
  BELOW,
  /** Greater than every interval of the range. */
  ABOVE,
  /** Between two intervals of the range. */
  GAP,
  /** The field is not there. */
  MISSING,
  /** The field is there, but it is no decimal number. */
  NOT_A_NUMBER,
  /** The rule asks for whole numbers and this one is not. */
  NOT_AN_INTEGER,
  /** The line is not in the format that the selector reads. */
  UNPARSABLE,
  /** Not a line: bytes of the file were lost before they could be read. */
  GAP_IN_FILE,
  /** The line is longer than the source's bound. */
  TOO_LONG
}
