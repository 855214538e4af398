package dev.ansiblevenv.cli;

import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/// Ctrl-C, `kill` and a closed terminal interrupt the work, which then cleans up and ends with an
/// exit code of its own; the second time the process ends at once.
final class Cancellation extends Thread {

  private static final int ENDED_AT_ONCE = 130;

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
      err.print("\ncancelling; once more ends at once\n");
      worker.interrupt();
      Runtime.getRuntime().halt(exitCodeOfWork());
    }
  }

  private int exitCodeOfWork() {
    try {
      ended.await();
      return exitCode;
    } catch (InterruptedException e) {
      return ENDED_AT_ONCE;
    }
  }

  /// By reflection: javac warns of `sun.misc` and cannot be told not to, and the JDK has no other
  /// way to hear of a signal while it shuts down.
  private static void endAtOnceOn(String name) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var end =
          Proxy.newProxyInstance(
              Cancellation.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                Runtime.getRuntime().halt(ENDED_AT_ONCE);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), end);
    } catch (ReflectiveOperationException e) {
      // A JVM without it only loses the second, quicker way to end.
    }
  }
}
