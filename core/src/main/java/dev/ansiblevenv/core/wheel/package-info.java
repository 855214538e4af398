/// Which wheels of a lock a host takes, and this controller's copies of them.
@NullMarked
package dev.ansiblevenv.core.wheel;

import org.jspecify.annotations.NullMarked;
