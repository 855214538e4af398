package dev.ansiblevenv.cli.interrupt;

import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The signals of this process. By reflection: javac warns of `sun.misc` and cannot be told not to,
/// and the JDK has no other way to hear of a signal.
public final class Signals {

  /// What a process ends with that is told to end at once.
  public static final int ENDED_AT_ONCE = 130;

  private static final List<Interrupts> LISTENERS = new CopyOnWriteArrayList<>();
  private static final int FIRST_OF_SIGNALS = 128;
  private static boolean handled;

  private Signals() {}

  /// From now on `handler` is called for each signal of that name, by a thread of its own. A JVM
  /// that has no such thing goes on without.
  public static void handle(String name, Runnable handler) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var type = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                handler.run();
                return null;
              });
      signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      // Then a signal ends the process as it always does.
    }
  }

  /// Tells a person that their signal was heard, and what the next one does.
  public static void sayCancelling(PrintStream err) {
    err.print("\ncancelling; press Ctrl-C again to quit immediately\n");
    err.flush();
  }

  public static void endAtOnce() {
    Runtime.getRuntime().halt(ENDED_AT_ONCE);
  }

  static void listen(Interrupts listener) {
    synchronized (LISTENERS) {
      LISTENERS.add(listener);
      if (!handled) {
        handled = true;
        handle("INT", () -> tell("INT", 2));
        handle("TERM", () -> tell("TERM", 15));
        handle("HUP", () -> tell("HUP", 1));
      }
    }
  }

  static void forget(Interrupts listener) {
    LISTENERS.remove(listener);
  }

  private static void tell(String name, int number) {
    if (LISTENERS.isEmpty()) {
      // As the JVM does by itself.
      Runtime.getRuntime().exit(FIRST_OF_SIGNALS + number);
    }
    LISTENERS.forEach(listener -> listener.signalled(name));
  }
}
