/// What goes into the content hash.
@NullMarked
package dev.ansiblevenv.analysis.canonical;

import org.jspecify.annotations.NullMarked;
