package dev.ansiblevenv.orchestration;

/// A host's key as it is offered now, to be compared with what the host's owner says.
///
/// @param fingerprint `SHA256:…`, as `ssh` shows it
/// @param type such as `ED25519`
/// @param file the `known_hosts` that it is, or would be, noted in
/// @param known whether it is noted there already
public record HostEnrolment(
    String hostname, String fingerprint, String type, String file, boolean known) {}
