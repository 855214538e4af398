/// Programs run on the controller with a wholly given environment, bounded in time.
@NullMarked
package dev.ansiblevenv.core.process;

import org.jspecify.annotations.NullMarked;
