/** What an agent says of itself when it starts. */
@NullMarked
package io.sluice.banner;

import org.jspecify.annotations.NullMarked;
