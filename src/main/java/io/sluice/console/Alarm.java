package io.sluice.console;

/**
 * Something that a person should know of.
 *
 * @param id what {@code docs/operating.md} calls it
 * @param component such as {@code sink 'kafka'}
 * @param text a sentence with the numbers in it
 */
record Alarm(String id, String component, String text) {}
