/// What is wrong, where, and what to do about it: the one vocabulary in which every room reports
/// errors and findings.
@NullMarked
package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.NullMarked;
