package org.pagexplorer.checkpoint.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.Python;
import org.pagexplorer.checkpoint.RawFiles;
import org.pagexplorer.checkpoint.pytorch.Pickle;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;

/** Nothing that a file names is looked up or run, whether the file is read or refused. */
class CanaryTest {
  private static final SequencedMap<String, Tensor> WEIGHTS = RawFiles.checkpoint().tensors();

  @TempDir private Path folder;
  private Path canary;
  private Canaries canaries;

  @BeforeEach
  void prepare() throws IOException {
    canary = folder.resolve("fired");
    canaries = new Canaries(folder, canary);
  }

  private static String said(String name) {
    String full = name.split(" ", 2)[0];
    return "\"" + (full.equals("imported_canary.anything") ? "imported_canary.fire" : full) + "\"";
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("hostile.pt"), bytes);
  }

  @Test
  void pythonWouldHaveRunEachOfThem() throws Exception {
    assumeTrue(Python.has("torch", folder), "PyTorch for Python is not installed");
    canaries.pickles().forEach((name, pickle) -> write(folder.resolve(name + ".pkl"), pickle));
    assertEquals(
        "", Python.run(Canaries.opener(), folder, folder.toString(), canary.toString()).strip());
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void besideTheWeightsTheyAreNamedAndHaveNoEffect() throws IOException {
    for (var attempt : canaries.pickles().entrySet()) {
      for (byte[] file :
          List.of(
              TorchSave.zipBeside(WEIGHTS, attempt.getValue()),
              TorchSave.legacyBeside(WEIGHTS, attempt.getValue()))) {
        ForeignModel model = ForeignModel.read(write(file));
        assertEquals(WEIGHTS, model.tensors(), attempt.getKey());
        String remarks = String.join(" ", model.remarks());
        assertTrue(remarks.contains("Neither looked up nor run: \""), remarks);
        assertTrue(remarks.contains(said(attempt.getKey())), remarks);
        assertFalse(Files.exists(canary), attempt.getKey());
      }
    }
  }

  @Test
  void aloneTheyAreRefusedByName() throws IOException {
    for (var attempt : canaries.pickles().entrySet()) {
      for (byte[] file :
          List.of(
              TorchSave.zip(attempt.getValue(), List.of()),
              TorchSave.legacy(attempt.getValue(), List.of(), List.of()),
              attempt.getValue())) {
        String sentence = refusal(file);
        assertTrue(sentence.contains(said(attempt.getKey())), sentence);
        assertTrue(sentence.contains("nothing of it was run"), sentence);
        assertFalse(Files.exists(canary), attempt.getKey());
      }
    }
  }

  private String refusal(byte[] file) {
    UserException e = assertThrows(UserException.class, () -> ForeignModel.read(write(file)));
    return String.valueOf(e.getMessage());
  }

  @Test
  void aTensorThatWouldHaveToBeMadeByACallIsRefusedByName() throws IOException {
    for (var attempt : canaries.pickles().entrySet()) {
      Pickle pickle = new Pickle().raw(TorchSave.inside(TorchSave.pickle(WEIGHTS)));
      byte[] value = TorchSave.inside(attempt.getValue());
      byte[] replaced = pickle.text("fc2.weight").raw(value).op('s').end();
      String twice = refusal(TorchSave.zip(replaced, TorchSave.storages(WEIGHTS)));
      assertTrue(twice.contains("\"fc2.weight\" twice"), twice);
      SequencedMap<String, Tensor> others = new java.util.LinkedHashMap<>(WEIGHTS);
      others.remove("fc2.weight");
      byte[] made =
          new Pickle()
              .raw(TorchSave.inside(TorchSave.pickle(others)))
              .text("fc2.weight")
              .raw(value)
              .op('s')
              .end();
      String sentence = refusal(TorchSave.zip(made, TorchSave.storages(others)));
      assertFalse(Files.exists(canary), attempt.getKey());
      boolean isClass = attempt.getKey().equals("imported_canary.anything");
      assertTrue(isClass || sentence.contains("\"fc2.weight\" would be made by "), sentence);
    }
  }

  @Test
  void aTensorOfAStorageThatWouldHaveToBeLoadedIsRefusedByName() {
    Pickle pickle = new Pickle().op('}').text("fc1.weight");
    pickle.global("torch._utils", "_rebuild_tensor_v2").op('(');
    pickle.global("torch.storage", "_load_from_bytes").op('(').text("x").op('t').op('R');
    pickle.whole(0).tuple(2).tuple(1).op(0x89).orderedDict().op('t').op('R').op('s');
    String sentence = refusal(TorchSave.zip(pickle.end(), List.of()));
    assertTrue(sentence.contains("would be made by \"torch.storage._load_from_bytes\""), sentence);
  }

  @Test
  void noClassOfJavasIsLookedUp() throws IOException {
    String name = "org.pagexplorer.checkpoint.importing.JavaCanary";
    int dot = name.lastIndexOf('.');
    byte[] value =
        new Pickle().global(name.substring(0, dot), name.substring(dot + 1)).op(')').op('R').end();
    ForeignModel model = ForeignModel.read(write(TorchSave.zipBeside(WEIGHTS, value)));
    assertEquals(WEIGHTS, model.tensors());
    assertNull(System.getProperty("pag.test.canary"));
  }

  @Test
  void theJavaCanaryFiresWhenItsClassIsLookedUp() throws Exception {
    // In a loader of its own, so that the other tests still see it unloaded.
    var loader =
        new java.net.URLClassLoader(
            new java.net.URL[] {
              JavaCanary.class.getProtectionDomain().getCodeSource().getLocation()
            },
            null);
    try (loader) {
      Class.forName(JavaCanary.class.getName(), true, loader);
      assertEquals("fired", System.getProperty("pag.test.canary"));
    } finally {
      System.clearProperty("pag.test.canary");
    }
  }
}
