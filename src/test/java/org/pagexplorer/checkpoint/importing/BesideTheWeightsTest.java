package org.pagexplorer.checkpoint.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.Python;
import org.pagexplorer.checkpoint.RawFiles;
import org.pagexplorer.checkpoint.pytorch.Pickle;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;

/** What training programs keep in their files beside the weights, and where they keep those. */
class BesideTheWeightsTest {
  private static final SequencedMap<String, Tensor> WEIGHTS = RawFiles.checkpoint().tensors();

  @TempDir private Path folder;

  private ForeignModel read(byte[] bytes) throws IOException {
    return ForeignModel.read(Files.write(folder.resolve("a.pt"), bytes));
  }

  private static Map<String, byte[]> values() {
    Map<String, byte[]> values = new LinkedHashMap<>();
    values.put(
        "argparse.Namespace",
        object("argparse", "Namespace").op('}').text("lr").real(0.1).op('s').op('b').end());
    values.put(
        "collections.defaultdict",
        called("collections", "defaultdict").text("k").whole(1).op('s').end());
    values.put("pathlib.PosixPath", called("pathlib", "PosixPath").end());
    values.put("datetime.datetime", called("datetime", "datetime").end());
    values.put("torch.float32", new Pickle().global("torch", "float32").end());
    values.put("numpy.core.multiarray._reconstruct", array());
    values.put(
        "numpy.random._pickle.__randomstate_ctor",
        called("numpy.random._pickle", "__randomstate_ctor").end());
    values.put("builtins.set", new Pickle().op(0x8f).op('(').whole(1).whole(2).op(0x90).end());
    values.put("builtins.frozenset", new Pickle().op('(').whole(1).op(0x91).end());
    values.put(
        "builtins.bytearray", new Pickle().op(0x96).op(3).raw(new byte[7]).raw(new byte[3]).end());
    values.put("builtins.getattr", called("builtins", "getattr").end());
    values.put(
        "collections.deque",
        called("collections", "deque").op('(').whole(1).whole(2).op('e').end());
    values.put(
        "a.Slots",
        object("a", "Slots").op('N').op('}').text("x").whole(1).op('s').op(0x86).op('b').end());
    values.put(
        "made.by.what",
        new Pickle().global("made.by", "what").op(')').op('R').op(')').op('R').end());
    return values;
  }

  /** All of them in a list. */
  static byte[] everything() {
    Pickle all = new Pickle().op(']').op('(');
    values().values().forEach(value -> all.raw(TorchSave.inside(value)));
    return all.op('e').end();
  }

  private static Pickle object(String module, String name) {
    return new Pickle().global(module, name).op(')').op(0x81);
  }

  private static Pickle called(String module, String name) {
    return new Pickle().global(module, name).op('(').text("x").op('t').op('R');
  }

  private static byte[] array() {
    Pickle pickle = new Pickle().global("numpy.core.multiarray", "_reconstruct").op('(');
    pickle.global("numpy", "ndarray").tuple(0).op('C').op(1).op('b').op('t').op('R');
    pickle.op('(').whole(1).tuple(2).global("numpy", "dtype").op('(').text("f8").op(0x89).op(0x88);
    return pickle.op('t').op('R').op(0x89).op('C').op(1).op(0).op('t').op('b').end();
  }

  @Test
  void valuesBesideTheWeightsNeverBlockThem() throws IOException {
    for (var value : values().entrySet()) {
      for (byte[] file :
          List.of(
              TorchSave.zipBeside(WEIGHTS, value.getValue()),
              TorchSave.legacyBeside(WEIGHTS, value.getValue()))) {
        ForeignModel model = read(file);
        assertEquals(WEIGHTS, model.tensors());
        String remarks = String.join(" ", model.remarks());
        assertTrue(remarks.contains("\"" + value.getKey() + "\""), remarks);
      }
    }
  }

  @Test
  void oddKeysAndLargeNumbersNeverBlockThem() throws IOException {
    for (byte[] value :
        List.of(
            new Pickle().op('}').tuple(1, 2).whole(3).op('s').end(),
            new Pickle().op('}').op('N').whole(3).op('s').end(),
            new Pickle().op(0x8b).op(0).op(1).op(0).op(0).raw(new byte[256]).end(),
            new Pickle().op('U').op(2).raw((byte) 0xff, (byte) 0xfe).end(),
            new Pickle().global("collections", "Counter").op('(').op('}').op('t').op('R').end())) {
      assertEquals(WEIGHTS, read(TorchSave.zipBeside(WEIGHTS, value)).tensors());
    }
  }

  @Test
  void aLongLogBesideASmallModelDoesNotBlockIt() throws IOException {
    Pickle losses = new Pickle().op(']').op('(');
    for (int i = 0; i < 100_000; i++) {
      losses.real(i);
    }
    assertEquals(WEIGHTS, read(TorchSave.zipBeside(WEIGHTS, losses.op('e').end())).tensors());
  }

  @Test
  void textOfPython2NamesTensors() throws IOException {
    byte[] pickle = TorchSave.pickle(WEIGHTS);
    List<Byte> python2 = new ArrayList<>();
    for (int i = 0; i < pickle.length; i++) {
      boolean isText = pickle[i] == 'X' && pickle[i + 2] == 0 && pickle[i + 3] == 0;
      python2.add(isText ? (byte) 'U' : pickle[i]);
      if (isText) {
        python2.add(pickle[i + 1]);
        i += 4;
      }
    }
    byte[] bytes = new byte[python2.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = python2.get(i);
    }
    assertTrue(bytes.length < pickle.length);
    assertEquals(WEIGHTS, read(TorchSave.zip(bytes, TorchSave.storages(WEIGHTS))).tensors());
  }

  /** A module as pickle writes it, with what it holds. */
  private static Pickle module(Pickle pickle, String name, Pickle inner) {
    pickle.global("nets", name).op(')').op(0x81).op('}').op('(');
    pickle.text("training").op(0x88).text("_modules").orderedDict();
    return pickle.raw(TorchSave.inside(inner.end())).op('u').op('b');
  }

  @Test
  void aWholePickledModelIsReadWithoutItsCode() throws IOException {
    Pickle inner = new Pickle().op('(');
    int storage = 0;
    for (String layer : List.of("fc1", "fc2")) {
      Pickle own = new Pickle().text("_parameters").orderedDict().op('(');
      for (String kind : List.of("weight", "bias")) {
        Tensor tensor = WEIGHTS.get(layer + "." + kind);
        long[] sizes = tensor.shape().toArray();
        own.text(kind).global("torch._utils", "_rebuild_parameter").op('(');
        String key = String.valueOf(storage++);
        own.tensor(
            "FloatStorage", key, tensor.values().length, 0, sizes, TorchSave.rowMajor(sizes));
        own.op(0x88).orderedDict().op('t').op('R');
      }
      inner.text(layer);
      own.op('u');
      inner = new Pickle().raw(TorchSave.inside(module(inner, "Linear", own).end()));
    }
    Pickle whole =
        module(
            new Pickle(),
            "Net",
            new Pickle()
                .raw(TorchSave.inside(inner.op('u').text("_parameters").orderedDict().end())));
    ForeignModel model = read(TorchSave.zip(whole.end(), TorchSave.storages(WEIGHTS)));
    assertEquals(WEIGHTS, model.tensors());
    String remarks = String.join(" ", model.remarks());
    assertTrue(remarks.contains("whole pickled model"), remarks);
    assertTrue(remarks.contains("\"nets.Net\", \"nets.Linear\""), remarks);
  }

  private static final String SCRIPT =
      """
      import argparse, collections, datetime, pathlib, sys, torch, numpy as np
      from torch import nn
      folder = sys.argv[1]
      torch.manual_seed(0)
      class Net(nn.Module):
          def __init__(s):
              super().__init__()
              s.fc1 = nn.Linear(2, 3)
              s.fc2 = nn.Linear(3, 2)
      net = Net()
      state = net.state_dict()
      optimizer = torch.optim.Adam(net.parameters())
      sum(p.sum() for p in net.parameters()).backward()
      optimizer.step()
      class Scheduler:
          def step(s): pass
      scheduler = Scheduler()
      cosine = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10)
      values = dict(
          args=argparse.Namespace(lr=.1, out=pathlib.Path('x')),
          meters=collections.defaultdict(list, {'loss': [np.float64(1), np.float32(2)]}),
          array=np.zeros((3, 4)), mask=np.zeros(3, bool), names=np.array(['a'], dtype=object),
          state=np.random.RandomState(0), generator=np.random.default_rng(0),
          numpy_state=np.random.get_state(), torch_state=torch.get_rng_state(),
          path=pathlib.Path('/x'), when=datetime.datetime.now(), took=datetime.timedelta(1),
          zone=datetime.timezone.utc, kinds={'a', 'b'}, fixed=frozenset([1]), dtype=torch.float32,
          device=torch.device('cpu'), numpy_dtype=np.dtype('f4'), bytes=b'abc', array2=bytearray(b'x'),
          bound=scheduler.step, cosine=cosine.state_dict(), scheduler=cosine, big=10 ** 400,
          pair={(1, 2): 3, None: 4}, kind=np.float32, function=len, complex=1j, range=range(3),
          slice=slice(1), deque=collections.deque([1]), counter=collections.Counter('aab'),
          ellipsis=..., optimizer=optimizer.state_dict(), whole_optimizer=optimizer)
      def save(name, object):
          torch.save(object, folder + '/' + name + '.pt')
          torch.save(object, folder + '/' + name + '-old.pt', _use_new_zipfile_serialization=False)
      for name, value in values.items():
          save('beside-' + name, {'model': state, 'value': value})
      save('beside-all', {'model': state, 'values': values})
      save('whole', net)
      save('whole-in-dictionary', {'net': nn.DataParallel(net), 'epoch': 3})
      save('list', [state])
      save('tuple', (state, 3))
      for protocol in 3, 4, 5:
          torch.save({'state_dict': state, 'values': values}, folder + f'/protocol-{protocol}.pt', pickle_protocol=protocol)
      attributed = {}
      for name, tensor in state.items():
          attributed[name] = nn.Parameter(tensor.clone(), requires_grad=False)
          attributed[name].tag = 'x'
      save('attributes', attributed)
      with open(folder + '/expected', 'wb') as f:
          for tensor in state.values():
              f.write(tensor.numpy().tobytes())
      """;

  @Test
  void whatPythonsTorchWritesIsReadWhateverLiesBesideIt() throws Exception {
    assumeTrue(Python.has("torch", folder), "PyTorch for Python is not installed");
    assertEquals("", Python.run(SCRIPT, folder, folder.toString()).strip());
    float[] expected = Python.read(folder.resolve("expected"));
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".pt")).sorted().toList();
    }
    assertTrue(files.size() > 80, files.size() + " files");
    List<String> wrong = new ArrayList<>();
    for (Path file : files) {
      try {
        List<Float> values = new ArrayList<>();
        for (Tensor tensor : ForeignModel.read(file).tensors().values()) {
          for (float value : tensor.values()) {
            values.add(value);
          }
        }
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], values.get(i));
        }
      } catch (UserException e) {
        wrong.add(file.getFileName() + ": " + e.getMessage());
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void classesByNumberBesideTheWeightsAreRead() throws IOException {
    Pickle numbers = new Pickle().op('}').op('(').text("b").whole(1).text("a").whole(0).op('u');
    byte[] beside = TorchSave.pickle(WEIGHTS);
    byte[] pickle =
        new Pickle()
            .op('}')
            .op('(')
            .text("model")
            .raw(TorchSave.inside(beside))
            .text("class_to_idx")
            .raw(TorchSave.inside(numbers.end()))
            .op('u')
            .end();
    ForeignModel model = read(TorchSave.zip(pickle, TorchSave.storages(WEIGHTS)));
    assertEquals(List.of("a", "b"), model.classes().orElseThrow());
  }

  @Test
  void adviceStandsWholeHoweverLongTheRestIs() {
    SequencedMap<String, Tensor> odd = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      odd.put("x".repeat(100) + i + ".conv1.weight", WEIGHTS.get("fc1.weight"));
      odd.put("x".repeat(100) + i + ".fc1.weight", WEIGHTS.get("fc1.weight"));
    }
    UserException e = assertThrows(UserException.class, () -> read(TorchSave.zip(odd)));
    String sentence = String.valueOf(e.getMessage());
    assertTrue(sentence.length() > 400, sentence);
    assertTrue(sentence.endsWith("what the nearest network needs."), sentence);
  }
}
