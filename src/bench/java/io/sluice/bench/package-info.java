/** Whole agents measured against each other, file to topic, in turns on the same broker. */
package io.sluice.bench;
