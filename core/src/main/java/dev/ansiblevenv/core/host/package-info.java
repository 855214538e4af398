/// How the agent on a host is reached.
@NullMarked
package dev.ansiblevenv.core.host;

import org.jspecify.annotations.NullMarked;
