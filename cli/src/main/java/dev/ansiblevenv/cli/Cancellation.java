package dev.ansiblevenv.cli;

import dev.ansiblevenv.cli.interrupt.Signals;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/// Ctrl-C, `kill` and a closed terminal interrupt the work, which then cleans up and ends with an
/// exit code of its own; the second time the process ends at once.
final class Cancellation extends Thread {

  private final PrintStream err;
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int exitCode;

  private Cancellation(PrintStream err) {
    super("cancellation");
    this.err = err;
  }

  /// Does the work in this thread.
  ///
  /// @param work gives the exit code; throws nothing
  static int whileRunning(PrintStream err, IntSupplier work) {
    var cancellation = new Cancellation(err);
    Runtime.getRuntime().addShutdownHook(cancellation);
    cancellation.exitCode = work.getAsInt();
    cancellation.ended.countDown();
    return cancellation.exitCode;
  }

  /// Runs at every end of the process. A signal has begun it when the work is not done yet; the JVM
  /// would end when this returns, and so this waits.
  @Override
  public void run() {
    if (ended.getCount() > 0) {
      endAtOnceOn("INT");
      endAtOnceOn("TERM");
      Signals.sayCancelling(err);
      worker.interrupt();
      Runtime.getRuntime().halt(exitCodeOfWork());
    }
  }

  private int exitCodeOfWork() {
    try {
      ended.await();
      return exitCode;
    } catch (InterruptedException e) {
      return Signals.ENDED_AT_ONCE;
    }
  }

  private static void endAtOnceOn(String name) {
    Signals.handle(name, Signals::endAtOnce);
  }
}
