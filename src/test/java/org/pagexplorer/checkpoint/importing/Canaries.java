package org.pagexplorer.checkpoint.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.pagexplorer.checkpoint.pytorch.Pickle;
import org.pagexplorer.checkpoint.pytorch.TorchSave;

/** Pickles that write a file as soon as Python opens them. */
final class Canaries {
  /** What Python needs beside them, as canary.py: every way in which a pickle reaches a class. */
  private static final String MODULE =
      """
      import os
      def fire(*a):
          open(os.environ['CANARY'], 'w').close()
      class New:
          def __new__(cls, *a, **k):
              fire()
              return object.__new__(cls)
      class State:
          def __setstate__(self, state):
              fire()
      class Items(dict):
          def __setitem__(self, k, v):
              fire()
      class Elements:
          def append(self, v):
              fire()
          def extend(self, v):
              fire()
          def add(self, v):
              fire()
      """;

  private static final String IMPORTED =
      """
      import canary
      canary.fire()
      """;

  private final Path canary;

  Canaries(Path folder, Path canary) throws IOException {
    this.canary = canary;
    Files.writeString(folder.resolve("canary.py"), MODULE);
    Files.writeString(folder.resolve("imported_canary.py"), IMPORTED);
  }

  /** By the name that a sentence must say. */
  SequencedMap<String, byte[]> pickles() {
    SequencedMap<String, byte[]> pickles = new LinkedHashMap<>();
    String touch = "touch " + canary;
    String python = "open('" + canary + "', 'w').close()";
    pickles.put("os.system", call("os", "system", touch));
    pickles.put("posix.system", call("posix", "system", touch));
    pickles.put("subprocess.getoutput", call("subprocess", "getoutput", touch));
    pickles.put("builtins.eval", call("builtins", "eval", python));
    pickles.put("builtins.exec", call("builtins", "exec", python));
    pickles.put("__builtin__.eval", call("__builtin__", "eval", python));
    pickles.put("builtins.__import__", call("builtins", "__import__", "imported_canary"));
    pickles.put("importlib.import_module", call("importlib", "import_module", "imported_canary"));
    pickles.put("imported_canary.anything", new Pickle().global("imported_canary", "fire").end());
    Pickle code = new Pickle().global("runpy", "_run_code").op('(').text(python).op('}').op('t');
    pickles.put("runpy._run_code", code.op('R').end());
    pickles.put("builtins.getattr", method());
    pickles.put("operator.attrgetter", attribute());
    pickles.put("functools.partial", partial(touch));
    byte[] inner = call("os", "system", touch);
    pickles.put("pickle.loads", bytes("pickle", "loads", inner));
    pickles.put("_pickle.loads", bytes("_pickle", "loads", inner));
    byte[] old = TorchSave.legacy(inner, List.of(), List.of());
    pickles.put("torch.storage._load_from_bytes", bytes("torch.storage", "_load_from_bytes", old));
    pickles.put("canary.fire", call("canary", "fire", ""));
    pickles.put("canary.New", new Pickle().global("canary", "New").op(')').op(0x81).end());
    pickles.put(
        "canary.New by name and keyword",
        new Pickle().text("canary").text("New").op(0x93).op(')').op('}').op(0x92).end());
    pickles.put("canary.State", made("State").op('}').op('b').end());
    pickles.put("canary.Items", made("Items").text("k").op('N').op('s').end());
    pickles.put("canary.Elements", made("Elements").op('N').op('a').end());
    pickles.put("canary.Elements of many", made("Elements").op('(').op('N').op('e').end());
    pickles.put("canary.Elements as a set", made("Elements").op('(').op('N').op(0x90).end());
    return pickles;
  }

  private static byte[] call(String module, String name, String argument) {
    return new Pickle().global(module, name).op('(').text(argument).op('t').op('R').end();
  }

  private static byte[] bytes(String module, String name, byte[] argument) {
    Pickle pickle = new Pickle().global(module, name).op('(').op('B');
    for (int i = 0; i < 4; i++) {
      pickle.op(argument.length >> (8 * i) & 0xff);
    }
    return pickle.raw(argument).op('t').op('R').end();
  }

  private static Pickle made(String name) {
    return new Pickle().global("canary", name).op(')').op(0x81);
  }

  private static Pickle module(Pickle pickle) {
    return pickle.global("importlib", "import_module").op('(').text("canary").op('t').op('R');
  }

  /** {@code getattr(module, "fire")()}. */
  private static byte[] method() {
    Pickle pickle = module(new Pickle().global("builtins", "getattr").op('('));
    return pickle.text("fire").op('t').op('R').op(')').op('R').end();
  }

  /** {@code attrgetter("fire")(module)()}. */
  private static byte[] attribute() {
    Pickle pickle = new Pickle().global("operator", "attrgetter").op('(').text("fire").op('t');
    return module(pickle.op('R').op('(')).op('t').op('R').op(')').op('R').end();
  }

  private static byte[] partial(String touch) {
    Pickle pickle = new Pickle().global("functools", "partial").op('(').global("os", "system");
    return pickle.text(touch).op('t').op('R').op(')').op('R').end();
  }

  /** A Python script that opens every {@code NAME.pkl} of a folder and prints which did nothing. */
  static String opener() {
    return """
    import os, pickle, sys
    sys.path.insert(0, sys.argv[1])
    os.environ['CANARY'] = sys.argv[2]
    for name in sorted(os.listdir(sys.argv[1])):
        if name.endswith('.pkl'):
            sys.modules.pop('imported_canary', None)
            problem = ''
            try:
                pickle.load(open(os.path.join(sys.argv[1], name), 'rb'))
            except Exception as e:
                problem = e
            if os.path.exists(sys.argv[2]):
                os.remove(sys.argv[2])
            else:
                print(name, problem)
    """;
  }
}
