/** What all tests share: how long they wait, which tools they need, and the summary at the end. */
package io.sluice.suite;
