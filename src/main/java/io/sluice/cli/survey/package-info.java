/** What numbers a sample of lines holds. */
@NullMarked
package io.sluice.cli.survey;

import org.jspecify.annotations.NullMarked;
