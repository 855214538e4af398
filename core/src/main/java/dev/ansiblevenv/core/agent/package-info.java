/// The client side of the agent protocol.
@NullMarked
package dev.ansiblevenv.core.agent;

import org.jspecify.annotations.NullMarked;
