package io.sluice.cli.judge;

/**
 * A line to show, kept when it was judged.
 *
 * @param file as given on the command line
 * @param number counted from 1 within the file; several lines that make one event count once
 * @param value the text in the field; empty if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares samples
record Sample(String file, long number, String value, byte[] line) {}
