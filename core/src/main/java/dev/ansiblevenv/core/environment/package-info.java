/// Building and checking the environment of a lock on a host.
@NullMarked
package dev.ansiblevenv.core.environment;

import org.jspecify.annotations.NullMarked;
