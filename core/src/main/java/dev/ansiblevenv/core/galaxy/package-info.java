/// Galaxy as Ansible sees it: versions and ranges, configured servers, the v3 API.
@NullMarked
package dev.ansiblevenv.core.galaxy;

import org.jspecify.annotations.NullMarked;
