/// The operations that a user asks for, put together from analysis and core. The public API.
@NullMarked
package dev.ansiblevenv.orchestration;

import org.jspecify.annotations.NullMarked;
