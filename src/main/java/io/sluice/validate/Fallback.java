package io.sluice.validate;

/** What becomes of a line whose field cannot be judged. */
enum Fallback {
  INVALID,
  VALID,
  DROP
}
