package io.sluice.validate;

/** What happens to a line whose field cannot be compared. */
enum Fallback {
  INVALID,
  VALID,
  DROP
}
