/// What can be asked of runs that a host has, whoever started them.
@NullMarked
package dev.ansiblevenv.orchestration.run;

import org.jspecify.annotations.NullMarked;
