/// Files that somebody else wrote: reading one neither hangs nor exhausts memory, whatever it is.
@NullMarked
package dev.ansiblevenv.formats.file;

import org.jspecify.annotations.NullMarked;
