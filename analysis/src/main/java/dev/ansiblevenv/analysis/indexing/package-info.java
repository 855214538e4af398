/// Makes the index of a collection out of its unpacked files: what it provides, where its names
/// moved, and which Python packages each of its plugins needs. Nothing of the collection runs.
@NullMarked
package dev.ansiblevenv.analysis.indexing;

import org.jspecify.annotations.NullMarked;
