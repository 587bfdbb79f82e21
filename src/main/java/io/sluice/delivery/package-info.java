/**
 * Who may advance a position, and when: ledgers, positions, and how source and sink find each
 * other.
 */
@NullMarked
package io.sluice.delivery;

import org.jspecify.annotations.NullMarked;
