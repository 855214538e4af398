/// Archives that come from elsewhere: the one unpacker, which nothing inside an archive can lead
/// out of its target directory.
@NullMarked
package dev.ansiblevenv.formats.archive;

import org.jspecify.annotations.NullMarked;
