package dev.ansiblevenv.orchestration;

import dev.ansiblevenv.core.host.HostKeys;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.deploy.Hosts;

/// Makes the key of a host known, once somebody has said that it is the right one.
record Enroller(Hosts hosts) {

  HostEnrolment offered(String host) {
    var target = hosts.find(host);
    var name = target.name().text();
    return enrolment(name, acceptable(name, hosts.keys(target).offered()));
  }

  HostEnrolment enroll(String host, String fingerprint) {
    var target = hosts.find(host);
    var name = target.name().text();
    var keys = hosts.keys(target);
    var offer = acceptable(name, keys.offered());
    if (!offer.fingerprint().equals(fingerprint)) {
      throw new HostUnreachable(
          "offers another key",
          name,
          "its fingerprint is " + offer.fingerprint() + ", not " + fingerprint,
          "ask the host's owner: `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` there");
    }
    if (offer.standing() == HostKeys.Standing.UNKNOWN) {
      keys.trust(offer);
    }
    return enrolment(name, offer);
  }

  private static HostKeys.Offer acceptable(String host, HostKeys.Offer offer) {
    if (offer.standing() == HostKeys.Standing.CHANGED) {
      throw new StateConflict(
          "another key of the host is known",
          host,
          "it offers " + offer.type() + " " + offer.fingerprint(),
          "if the host was set up anew, remove the old key with `ssh-keygen -R` and enroll again");
    }
    return offer;
  }

  private static HostEnrolment enrolment(String host, HostKeys.Offer offer) {
    return new HostEnrolment(
        host,
        offer.fingerprint(),
        offer.type(),
        offer.file().toString(),
        offer.standing() == HostKeys.Standing.KNOWN);
  }
}
