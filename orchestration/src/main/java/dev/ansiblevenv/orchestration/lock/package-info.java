/// Making, checking and upgrading the locks of a project.
@NullMarked
package dev.ansiblevenv.orchestration.lock;

import org.jspecify.annotations.NullMarked;
