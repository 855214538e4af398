/// The project as runs see it: in place on this machine, as a copy on other hosts.
@NullMarked
package dev.ansiblevenv.orchestration.project;

import org.jspecify.annotations.NullMarked;
