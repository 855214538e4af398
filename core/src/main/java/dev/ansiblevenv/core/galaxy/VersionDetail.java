package dev.ansiblevenv.core.galaxy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a server says of one version of a collection.
///
/// @param dependencies collection name to range, as written by its author
/// @param requiresAnsible a PEP 440 specifier
/// @param download absolute
/// @param sha256 of the tarball, 64 lower-case hex digits
/// @param signatures detached OpenPGP signatures of its MANIFEST.json
/// @param size of the tarball in bytes; some servers do not say
public record VersionDetail(
    Map<String, String> dependencies,
    Optional<String> requiresAnsible,
    URI download,
    String sha256,
    OptionalLong size,
    List<String> signatures) {}
