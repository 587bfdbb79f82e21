package io.sluice.delivery;

/**
 * Lines of one file without a hole between them: offsets {@code start} to just before {@code end}.
 *
 * @param sequence of the last line, as {@link Announcements} count
 */
record LineRange(long start, long end, long anchor, long sequence) {}
