/// Repositories as `ansible-galaxy` reads them: which commit a name means, and the files of it. The
/// user's own git does the work, with the user's configuration and logins.
@NullMarked
package dev.ansiblevenv.core.git;

import org.jspecify.annotations.NullMarked;
