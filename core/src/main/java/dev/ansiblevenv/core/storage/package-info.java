/// Files that survive a crash and two writers: atomic replacement and locks.
@NullMarked
package dev.ansiblevenv.core.storage;

import org.jspecify.annotations.NullMarked;
