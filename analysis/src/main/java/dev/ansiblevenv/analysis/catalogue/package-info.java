/// What is known about plugin names: where each lives, where it moved.
@NullMarked
package dev.ansiblevenv.analysis.catalogue;

import org.jspecify.annotations.NullMarked;
