package dev.ansiblevenv.core.session;

import dev.ansiblevenv.core.agent.AgentConnection;
import dev.ansiblevenv.core.agent.Exchange;
import dev.ansiblevenv.core.agent.Message;
import dev.ansiblevenv.core.environment.BuildInputs;
import dev.ansiblevenv.core.environment.BuildProgress;
import dev.ansiblevenv.core.environment.EnvironmentBuilder;
import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.host.HostFacts;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.core.run.LogExcerpt;
import dev.ansiblevenv.core.run.NewRun;
import dev.ansiblevenv.core.run.Position;
import dev.ansiblevenv.core.run.RunFollower;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.Watcher;
import dev.ansiblevenv.core.run.WrittenFiles;
import dev.ansiblevenv.core.run.WrittenFilesReader;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// One connection to a host and everything that can be asked of it.
///
/// Opening does not wait; the host gets ready while the caller does other things. Each operation
/// blocks until the host has answered; from several threads they are answered in turn. All throw
/// [Failure]: `HostUnreachable` when there is no agent to talk to, `Cancelled` when the waiting
/// thread is interrupted.
public final class HostSession implements AutoCloseable {

  private final String host;
  private final AgentConnection connection;
  private final Exchange hello;
  private volatile Supplier<HostFacts> facts;

  private HostSession(String host, AgentConnection connection) {
    this.host = host;
    this.connection = connection;
    this.hello = connection.send(Map.of("type", "hello", "protocol", 1));
    this.facts = this::awaitFacts;
  }

  /// @param store where the host keeps everything (`ansible_venv_home`): absolute, or with a
  ///   leading `~/`; empty for the default
  public static HostSession open(Transport transport, String store) {
    return new HostSession(transport.host(), AgentConnection.open(transport, store));
  }

  /// What the host is, without its Pythons. Asked when the session was opened.
  public synchronized HostFacts facts() {
    var known = facts.get();
    facts = () -> known;
    return known;
  }

  /// The same with every Python that an environment can be built with, newest first. Takes as long
  /// as starting each of them once.
  public HostFacts factsWithPythons() {
    return FactsReader.facts(ask(Map.of("type", "hello", "protocol", 1, "pythons", true)));
  }

  /// The same with no Python but this one, or none if no environment can be built with it.
  ///
  /// @param python absolute path on the host
  public HostFacts factsWithPython(String python) {
    return FactsReader.facts(
        ask(Map.of("type", "hello", "protocol", 1, "pythons", true, "python", python)));
  }

  /// Makes sure that the host has the environment, building it if it must.
  ///
  /// @param inputs called only when something has to be built
  public HostEnvironment ensure(
      EnvironmentRequest request,
      Function<HostFacts, BuildInputs> inputs,
      Consumer<BuildProgress> progress) {
    var builder = new EnvironmentBuilder(connection);
    var question = builder.ask(request);
    return uninterrupted(
        () -> builder.complete(request, question, () -> inputs.apply(facts()), progress));
  }

  /// Runs a playbook in a venv that the host has, and follows it to its end. Interrupting the
  /// thread cancels the run; losing the connection does not.
  public RunResult run(RunRequest request, Consumer<Event> events) {
    return run(new NewRun(request, NewRun.USUALLY_KEPT), events::accept).orElseThrow();
  }

  /// The same for a watcher who may leave.
  ///
  /// @return empty when the watcher has left; the run goes on
  public Optional<RunResult> run(NewRun run, Watcher watcher) {
    return new RunFollower(connection).start(run, watcher.wantsJobEvents()).follow(watcher);
  }

  /// [#ensure] and [#run] in one round trip when the environment is there: the run is asked for
  /// before the answer about the environment has come.
  ///
  /// @param environment told what the host has, before the run's first event
  /// @return empty when the watcher has left; the run goes on
  public Optional<RunResult> ensureAndRun(
      EnvironmentRequest request,
      Function<HostFacts, BuildInputs> inputs,
      Consumer<BuildProgress> progress,
      Consumer<HostEnvironment> environment,
      NewRun run,
      Watcher watcher) {
    if (request.rebuild()) {
      environment.accept(ensure(request, inputs, progress));
      return run(run, watcher);
    }
    var builder = new EnvironmentBuilder(connection);
    var question = builder.ask(request);
    var pending = new RunFollower(connection).start(run, watcher.wantsJobEvents());
    var building = new AtomicBoolean();
    Function<HostFacts, BuildInputs> noted =
        facts -> {
          building.set(true);
          return inputs.apply(facts);
        };
    var found = completed(builder, request, question, noted, progress, pending, watcher);
    environment.accept(found);
    // Also where somebody else's build was waited for: the run was refused before that.
    if (building.get()) {
      pending.again();
    }
    return pending.follow(watcher);
  }

  /// The run is on its way to the host already: who gives up has to end it, too.
  private HostEnvironment completed(
      EnvironmentBuilder builder,
      EnvironmentRequest request,
      Exchange question,
      Function<HostFacts, BuildInputs> inputs,
      Consumer<BuildProgress> progress,
      RunFollower.Pending pending,
      Watcher watcher) {
    try {
      return uninterrupted(
          () -> builder.complete(request, question, () -> inputs.apply(facts()), progress));
    } catch (Cancelled cancelled) {
      try {
        pending.follow(watcher);
      } catch (Failure neverBegan) {
        cancelled.addSuppressed(neverBegan);
      }
      throw cancelled;
    }
  }

  /// Follows a run from the given place of its log on, whoever started it.
  public RunResult attach(RunId run, long offset, Consumer<Event> events) {
    return follow(run, new Position(offset, 0), events::accept).orElseThrow();
  }

  /// Follows a run from where the watcher knows it, whoever started it.
  ///
  /// @return empty when the watcher has left; the run goes on
  public Optional<RunResult> follow(RunId run, Position from, Watcher watcher) {
    return new RunFollower(connection)
        .attach(run, from, true, watcher.wantsJobEvents())
        .follow(watcher);
  }

  /// Waits for the end of a run.
  public RunResult awaitEnd(RunId run) {
    return new RunFollower(connection)
        .attach(run, Position.START, false, false)
        .follow(event -> {})
        .orElseThrow();
  }

  /// Hands on what a run has printed, or its events, up to now.
  ///
  /// @return how the run stands
  public RunListing log(RunId run, LogExcerpt excerpt, Watcher watcher) {
    var logged = uninterrupted(() -> new RunFollower(connection).log(run, excerpt, watcher));
    return ListingReader.run(logged.object("run"));
  }

  /// What a run has written beside its playbook.
  public WrittenFiles files(RunId run) {
    return uninterrupted(() -> new WrittenFilesReader(connection).list(run));
  }

  /// Writes the content of a file that a run has written, as it is now.
  ///
  /// @param path one of [#files]
  /// @param max bytes
  public void getFile(RunId run, String path, long max, OutputStream out) {
    uninterrupted(() -> {
      new WrittenFilesReader(connection).get(run, path, max, out);
      return path;
    });
  }

  /// Whether the host has said anything.
  public boolean hasAnswered() {
    return connection.hasAnswered();
  }

  /// Whether the host may have begun what was asked of it, although it may not have said so.
  public boolean mayHaveBegun() {
    return connection.mayHaveBegun();
  }

  /// Whether the connection has ended; what goes on on the host goes on there.
  public boolean isLost() {
    return connection.isLost();
  }

  /// Tells the host to end a run and everything it started. Does not wait for that.
  public void cancel(RunId run) {
    var exchange = connection.send(Map.of("type", "cancel", "run", run.text()));
    uninterrupted(exchange::only);
  }

  /// Answers a question that a run asks by the event `ansible_venv_question`.
  ///
  /// @param answer without a line break
  /// @return whether the question was still open
  public boolean reply(RunId run, int question, byte[] answer) {
    return ask(Map.of(
            "type",
            "reply",
            "run",
            run.text(),
            "question",
            question,
            "content",
            Base64.getEncoder().encodeToString(answer)))
        .flag("taken");
  }

  public HostListing list() {
    return ListingReader.listing(ask(Map.of("type", "list")));
  }

  /// Holds every file of a venv against what was installed.
  public Verification verify(String venv) {
    return ListingReader.verification(ask(Map.of("type", "verify", "venv", venv)));
  }

  /// Takes a venv away, and its environment if nothing else needs that.
  public Removal remove(String venv) {
    return ListingReader.removal(ask(Map.of("type", "remove", "venv", venv)));
  }

  /// @return what was removed
  public List<Garbage> collectGarbage(GarbagePolicy policy) {
    return collectGarbage(policy, Duration.ZERO);
  }

  /// The same unless it was done lately.
  ///
  /// @param every how long ago the last time has to be
  public List<Garbage> collectGarbage(GarbagePolicy policy, Duration every) {
    return collectGarbage(policy, false, List.of(), every);
  }

  /// Removes nothing.
  ///
  /// @param without venvs that are looked upon as removed already
  /// @return what [#collectGarbage] would then remove
  public List<Garbage> foreseeGarbage(GarbagePolicy policy, List<String> without) {
    return collectGarbage(policy, true, without, Duration.ZERO);
  }

  private List<Garbage> collectGarbage(
      GarbagePolicy policy, boolean dryRun, List<String> without, Duration every) {
    return ListingReader.garbage(
        ask(
            Map.of(
                "type",
                "collect-garbage",
                "dry_run",
                dryRun,
                "keep_runs",
                policy.keepRuns(),
                "grace_seconds",
                policy.grace().toSeconds(),
                "every_seconds",
                every.toSeconds(),
                "without",
                without)));
  }

  @Override
  public void close() {
    connection.close();
  }

  private HostFacts awaitFacts() {
    return FactsReader.facts(uninterrupted(() -> hello.last(interim -> {})));
  }

  private Message ask(Map<String, ?> request) {
    var exchange = connection.send(request);
    return uninterrupted(() -> exchange.last(interim -> {}));
  }

  private interface Waiting<T> {
    T get() throws InterruptedException;
  }

  private <T> T uninterrupted(Waiting<T> waiting) {
    try {
      return waiting.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("cancelled", host, "", "", e);
    }
  }
}
