/// Everything that can be done on one host, over one connection to its agent.
@NullMarked
package dev.ansiblevenv.core.session;

import org.jspecify.annotations.NullMarked;
