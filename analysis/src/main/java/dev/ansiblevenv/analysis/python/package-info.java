/// What Python source says about itself without being run: its imports and how they are guarded,
/// its string constants, the filters and tests that it registers, and the distributions that its
/// imports come from.
@NullMarked
package dev.ansiblevenv.analysis.python;

import org.jspecify.annotations.NullMarked;
