/// Operations on many hosts at once: which hosts a pattern means, a bounded number of them at a
/// time, and what each came to. One host's failure is that host's alone.
@NullMarked
package dev.ansiblevenv.orchestration.fleet;

import org.jspecify.annotations.NullMarked;
