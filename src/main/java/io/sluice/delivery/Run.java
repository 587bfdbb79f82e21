package io.sluice.delivery;

/**
 * Lines of one file without a hole between them: offsets {@code start} to just before {@code end}.
 */
record Run(long start, long end, long anchor) {}
