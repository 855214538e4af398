package dev.ansiblevenv.orchestration;

import java.util.List;

/// A file of the closure that differs from what an older spec was made of.
///
/// @param kind `added`, `removed` or `changed`
/// @param paths what differs inside, such as `[0].tasks[2].copy.mode: 420 -> 384`; empty when the
///   older form is not in this controller's cache
public record FormChange(String file, String kind, List<String> paths) {}
