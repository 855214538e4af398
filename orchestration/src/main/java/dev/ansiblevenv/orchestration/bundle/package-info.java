/// Everything that environments are built from in one file, for networks that end at a door.
@NullMarked
package dev.ansiblevenv.orchestration.bundle;

import org.jspecify.annotations.NullMarked;
