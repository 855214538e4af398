/// HTTP as the user's environment asks for it: proxies, CA files, bounded retries.
@NullMarked
package dev.ansiblevenv.core.net;

import org.jspecify.annotations.NullMarked;
