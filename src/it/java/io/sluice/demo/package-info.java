/** {@code bin/demo}: the sample configuration at work, every line counted. */
package io.sluice.demo;
