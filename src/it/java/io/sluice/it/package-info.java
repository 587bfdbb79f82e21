/** Real brokers and agents in processes of their own, and the tests that drive them. */
package io.sluice.it;
