package dev.ansiblevenv.core.run;

import dev.ansiblevenv.core.agent.Blobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The inventory of a run: the user's sources as they are. On the host that the run takes place on
/// it is completed: this host is local, with the environment's Python.
///
/// @param host that the run takes place on, as the inventory names it
/// @param alone whether plays concern this host, hosts that they add, and a localhost that they
///   name; `groups` and `hostvars` have all hosts all the same
/// @param sources in the order in which Ansible merges them
/// @param files of sources that are not in the project, and listings, by path in the run's
///   inventory directory, with `/`
/// @param listings what programs and plugins on the controller made of some sources
public record Inventory(
    String host,
    boolean alone,
    List<Source> sources,
    Map<String, Path> files,
    List<Listing> listings) {

  public Inventory {
    sources = List.copyOf(sources);
    files = Map.copyOf(files);
    listings = List.copyOf(listings);
  }

  /// A source.
  public sealed interface Source {

    Map<String, String> message();

    /// @param path relative to the project, with `/`
    record InProject(String path) implements Source {
      @Override
      public Map<String, String> message() {
        return Map.of("project", path);
      }
    }

    /// @param path a file of [Inventory#files], or a directory that holds some of them
    record Outside(String path) implements Source {
      @Override
      public Map<String, String> message() {
        return Map.of("outside", path);
      }
    }

    /// @param list with a comma
    record Hosts(String list) implements Source {
      @Override
      public Map<String, String> message() {
        return Map.of("hosts", list);
      }
    }
  }

  /// @param source a file, maybe below one of the sources
  /// @param file path of one of [Inventory#files]: what an [inventory
  ///   script](https://docs.ansible.com/ansible/latest/dev_guide/developing_inventory.html#developing-inventory-scripts)
  ///   prints
  public record Listing(Source source, String file) {}

  /// Of exactly this host.
  public static Inventory of(String host) {
    return new Inventory(host, true, List.of(only(host)), Map.of(), List.of());
  }

  /// A source that has this host and nothing else.
  public static Source only(String host) {
    return new Source.Hosts(host + ",");
  }

  /// @param blobs are told which files the host may lack
  Map<String, Object> message(Blobs blobs) {
    return Map.of(
        "host",
        host,
        "alone",
        alone,
        "sources",
        sources.stream().map(Source::message).toList(),
        "files",
        RunFollower.files(files, blobs),
        "listings",
        listings.stream()
            .map(listing -> Map.of("source", listing.source().message(), "file", listing.file()))
            .toList());
  }
}
